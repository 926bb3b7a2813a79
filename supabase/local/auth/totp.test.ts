import { describe, expect, it } from "vitest";
import { newSecret, totpCode, totpMatches, totpUri } from "./totp.ts";

describe("one-time passwords by time", () => {
  // The SHA-1 examples of RFC 6238, last six digits; its secret is the text "12345678901234567890".
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("are those of the standard at second %i", (seconds, code) => {
    expect(totpCode(secret, seconds)).toBe(code);
  });

  it("are accepted one period early or late, and no further", () => {
    const accepted = [-60, -30, 0, 30, 60].map((drift) =>
      totpMatches(secret, totpCode(secret, 1_000_000 + drift), 1_000_000),
    );
    expect(accepted).toEqual([false, true, true, true, false]);
  });

  it.each(["", "12345", "1234567", "28708a", "٢٨٧٠٨٢"])("are never %j", (code) => {
    expect(totpMatches(secret, code, 59)).toBe(false);
  });

  it("have secrets of 160 bits, each its own", () => {
    expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newSecret()).not.toBe(newSecret());
  });

  it("are described to authenticator apps by a URI that survives spaces and colons", () => {
    expect(totpUri("ABC", "Partner workspace", "a+b@auth.test")).toBe(
      "otpauth://totp/Partner%20workspace:a%2Bb%40auth.test?algorithm=SHA1&digits=6&issuer=Partner%20workspace&period=30&secret=ABC",
    );
  });
});
