import { readMailLink } from "../mail-link";
import { followMailLink as follow } from "../services/mail-link-service";
import type { LinkOutcome } from "../types";

/** The part behind # never reaches a router's request: it is read from the window. */
export function followMailLink(address: string): Promise<LinkOutcome> {
  const url = new URL(address);
  url.hash = window.location.hash;
  return follow(readMailLink(url));
}
