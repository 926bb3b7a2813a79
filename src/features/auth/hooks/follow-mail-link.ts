import { readMailLink } from "../mail-link";
import { followMailLink as follow } from "../services/mail-link-service";
import type { LinkOutcome } from "../types";

// A link works once. React's strict mode makes two routers, and each opens the address.
const followed = new Map<string, Promise<LinkOutcome>>();

/** The part behind # never reaches a router's request: it is read from the window. */
export function followMailLink(address: string): Promise<LinkOutcome> {
  const url = new URL(address);
  url.hash = window.location.hash;
  const outcome = followed.get(url.href) ?? follow(readMailLink(url));
  followed.set(url.href, outcome);
  return outcome;
}
