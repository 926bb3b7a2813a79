import { expect, test } from "vitest";
import { hasSessionCookie, sessionCookieName } from "./session-cookie";

const url = "http://127.0.0.1:54321";

test("two backends on one machine have two cookies", () => {
  expect(sessionCookieName(url)).toBe("sb-127-0-0-1-54321-auth");
  expect(sessionCookieName("http://127.0.0.1:54421")).not.toBe(sessionCookieName(url));
});

test.each([
  ["sb-127-0-0-1-54321-auth=base64-x", true],
  ["other=1; sb-127-0-0-1-54321-auth.0=base64-x; sb-127-0-0-1-54321-auth.1=y", true],
  ["sb-127-0-0-1-54321-auth-code-verifier=x", false],
  ["sb-127-0-0-1-54421-auth=x", false],
  ["", false],
])("in %j a session is kept: %s", (cookies, kept) => {
  expect(hasSessionCookie(url, cookies)).toBe(kept);
});
