import { describe, expect, it } from "vitest";
import { AuthFailure } from "./errors.ts";
import { Buckets, Guesses } from "./throttle.ts";

describe("a bucket of tokens", () => {
  it("empties, and fills again with time but never over its brim", () => {
    let now = 0;
    const buckets = new Buckets(30, 300, () => now);
    for (let index = 0; index < 30; index += 1) buckets.take("a");
    expect([buckets.has("a"), buckets.has("b")]).toEqual([false, true]);
    now = 9.9;
    expect(buckets.has("a")).toBe(false);
    now = 10.1;
    expect(buckets.has("a")).toBe(true);
    now = 10_000;
    for (let index = 0; index < 30; index += 1) buckets.take("a");
    expect(buckets.has("a")).toBe(false);
  });
});

describe("guesses", () => {
  it("cost when they are wrong, and nothing when they are right or the server failed", async () => {
    const guesses = new Guesses(2);
    const wrong = () =>
      guesses.check("ip", "ada", () => Promise.reject(new AuthFailure(400, "invalid_credentials", "")));
    const failing = () => guesses.check("ip", "ada", () => Promise.reject(new Error("away")));
    for (let index = 0; index < 5; index += 1) {
      expect(await guesses.check("ip", "ada", async () => "in")).toBe("in");
      await expect(failing()).rejects.toThrow("away");
    }
    await expect(wrong()).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(wrong()).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(wrong()).rejects.toMatchObject({ status: 429, code: "over_request_rate_limit" });
    expect(await guesses.check("ip", "grace", async () => "in")).toBe("in");
  });
});
