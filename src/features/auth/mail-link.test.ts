import { expect, test } from "vitest";
import { safeReturnTo } from "@/shared/lib/paths";
import { mailLinkTarget, readMailLink } from "./mail-link";

const read = (query: string) => readMailLink(new URL(query, "https://app.test/auth/confirm"));

test("a link carries what it is for, and where its reader was going", () => {
  const target = new URL(mailLinkTarget("https://app.test", "signup", "/invitation?token=a&b=c"));
  expect(target.origin + target.pathname).toBe("https://app.test/auth/confirm");
  expect(safeReturnTo(target.searchParams)).toBe("/invitation?token=a&b=c");
  target.searchParams.set("code", "x");
  expect(readMailLink(target)).toEqual({ state: "code", kind: "signup", code: "x" });
});

test.each([
  ["?kind=recovery&code=x", { state: "code", kind: "recovery", code: "x" }],
  ["?token_hash=h&type=recovery", { state: "token", kind: "recovery", tokenHash: "h", type: "recovery" }],
  ["?token_hash=h&type=invite", { state: "token", kind: "signup", tokenHash: "h", type: "invite" }],
  ["?token_hash=h&type=nonsense&kind=signup", { state: "none", kind: "signup" }],
  [
    "?kind=recovery#error=access_denied&error_code=otp_expired",
    { state: "refused", kind: "recovery", code: "otp_expired" },
  ],
  ["?kind=email_change&error=server_error", { state: "refused", kind: "email_change", code: "" }],
  ["?kind=email_change#message=Confirmation+link+accepted", { state: "half-way", kind: "email_change" }],
  ["?kind=constructor", { state: "none", kind: "signup" }],
  ["", { state: "none", kind: "signup" }],
])("%s is understood", (query, link) => {
  expect(read(query)).toEqual(link);
});
