import { describe, expect, it } from "vitest";
import { passwordWeakness, requireBcryptHash, requireStrongPassword } from "./passwords.ts";

describe("what a password must be", () => {
  const long = (password_requirements: Parameters<typeof passwordWeakness>[1]["password_requirements"]) => ({
    minimum_password_length: 8,
    password_requirements,
  });

  it.each([
    ["", "aaaaaaaa", null],
    ["", "aaaaaaa", ["length"]],
    ["letters_digits", "aaaaaaa1", null],
    ["letters_digits", "aaaaaaaa", ["characters"]],
    ["lower_upper_letters_digits", "Aaaaaaa1", null],
    ["lower_upper_letters_digits", "aaaaaaa1", ["characters"]],
    ["lower_upper_letters_digits_symbols", "Aaaaaa1~", null],
    ["lower_upper_letters_digits_symbols", "Aaaaaaa1", ["characters"]],
    ["lower_upper_letters_digits_symbols", "A1~", ["length", "characters"]],
  ] as const)("with requirements %j, %j is wanting in %j", (requirements, password, reasons) => {
    expect(passwordWeakness(password, long(requirements))?.reasons ?? null).toEqual(reasons);
  });

  it("is said in a sentence", () => {
    expect(passwordWeakness("a", long("letters_digits"))?.message).toBe(
      "Password should be at least 8 characters. Password should contain at least one character of each: abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ, 0123456789.",
    );
  });

  it("is no more than bcrypt reads, counted in bytes", () => {
    expect(() => requireStrongPassword("x".repeat(72), long(""))).not.toThrow();
    expect(() => requireStrongPassword("x".repeat(73), long(""))).toThrow("longer than 72");
    expect(() => requireStrongPassword("ä".repeat(37), long(""))).toThrow("longer than 72");
  });
});

describe("a hash brought along", () => {
  const rest = "6GC3GYMs2DOZ0iCavEzsCOMsq22Kk0oC4xSqi7Gg8ImjX8V8LgmqK";
  it("must be bcrypt of a bearable cost", () => {
    expect(requireBcryptHash(`$2y$12$${rest}`)).toContain("$2y$");
    for (const hash of ["", "secret", `$2a$03$${rest}`, `$2a$32$${rest}`, `$1$10$${rest}`, `$2a$10$${rest}x`])
      expect(() => requireBcryptHash(hash)).toThrow("bcrypt");
  });
});
