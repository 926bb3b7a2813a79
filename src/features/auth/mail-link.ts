// The links of mails: the address they are asked to lead to, and what they bring along when they are followed. A link that was
// asked for here brings a code that only this browser can exchange; one that an operator made brings a token.
import { paths, withReturnTo } from "@/shared/lib/paths";
import type { Link, LinkKind } from "./types";

const KIND = "kind";

/** Where a link of a mail is to lead, and where the person goes from there. */
export function mailLinkTarget(origin: string, kind: LinkKind, returnTo: string = paths.home): string {
  const url = new URL(withReturnTo(paths.confirm, returnTo), origin);
  url.searchParams.set(KIND, kind);
  return url.href;
}

const kinds = new Map<string, LinkKind>([
  ["signup", "signup"],
  ["email", "signup"],
  ["magiclink", "signup"],
  ["invite", "signup"],
  ["recovery", "recovery"],
  ["email_change", "email_change"],
]);

export function readMailLink(url: URL): Link {
  const { searchParams } = url;
  // Auth puts what went wrong into both places.
  const fragment = new URLSearchParams(url.hash.slice(1));
  const given = (name: string) => searchParams.get(name) || fragment.get(name) || "";
  const type = given("type");
  const kind = kinds.get(type) ?? kinds.get(given(KIND)) ?? "signup";
  if (given("error") || given("error_code")) return { state: "refused", kind, code: given("error_code") };
  const tokenHash = given("token_hash");
  if (tokenHash && kinds.has(type)) return { state: "token", kind, tokenHash, type };
  if (given("code")) return { state: "code", kind, code: given("code") };
  if (given("message")) return { state: "half-way", kind };
  return { state: "none", kind };
}
