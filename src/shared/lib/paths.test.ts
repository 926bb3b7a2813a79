import { describe, expect, test } from "vitest";
import { safeReturnTo, signInPath } from "./paths";

const returned = (to: string) => safeReturnTo(new URLSearchParams({ returnTo: to }));

describe("after signing in", () => {
  test("a person comes back to the page they were going to, with its filters", () => {
    const path = signInPath("/admin/partners?tier=gold#row-3");
    expect(safeReturnTo(new URL(path, "https://app.test").searchParams)).toBe("/admin/partners?tier=gold#row-3");
  });

  test.each([
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "\\\\evil.test",
    "javascript:alert(1)",
    "evil.test",
    "/.//evil.test",
    "/sign-in?returnTo=/sign-in",
    "/sign-up",
    "/auth/confirm?code=somebody-elses",
    "/x/../reset-password",
  ])("nobody is sent to %j", (to) => {
    expect(returned(to)).toBe("/");
  });

  test("without a wish it is the first page", () => {
    expect(safeReturnTo(new URLSearchParams())).toBe("/");
  });
});
