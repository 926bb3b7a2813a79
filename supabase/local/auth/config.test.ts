import { describe, expect, it } from "vitest";
import { durationSeconds, readAuthConfig } from "./config.ts";

describe("durations", () => {
  it.each([
    ["1s", 1],
    ["2h45m", 9900],
    ["300ms", 0.3],
    ["1.5h", 5400],
    ["0", 0],
    ["24", null],
    ["soon", null],
    ["1s later", null],
    ["", null],
  ])("%j are %s seconds", (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });
});

describe("the [auth] table", () => {
  it("may be empty: the official defaults hold", () => {
    expect(readAuthConfig({})).toMatchObject({
      jwt_expiry: 3600,
      enable_signup: true,
      minimum_password_length: 6,
      email: { max_frequency: 1, otp_length: 6, otp_expiry: 3600, double_confirm_changes: true },
      mfa: { totp: { enroll_enabled: true } },
    });
  });

  it("is refused with the key that is wrong", () => {
    expect(() => readAuthConfig({ email: { max_frequency: "often" } })).toThrow(
      'supabase/config.toml, [auth] email.max_frequency is not accepted. "often" is not a duration such as "1s" or "24h".',
    );
  });
});
