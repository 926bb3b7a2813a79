import { describe, expect, it } from "vitest";
import { qrModules, qrSvg } from "./qr-code.ts";

const draw = (modules: boolean[][] | null) =>
  (modules ?? []).map((row) => row.map((dark) => (dark ? "#" : ".")).join(""));

describe("QR codes", () => {
  it("grow with their text and stop where the standard does", () => {
    expect(qrModules("x".repeat(14))).toHaveLength(21);
    expect(qrModules("x".repeat(15))).toHaveLength(25);
    expect(qrModules("x".repeat(2331))).toHaveLength(177);
    expect(qrModules("x".repeat(2332))).toBeNull();
  });

  it("carry finders in three corners, timing between them, and mask and level in their format", () => {
    const rows = draw(qrModules("otpauth://totp/a"));
    expect(rows.slice(0, 7).map((row) => row.slice(0, 7))).toEqual([
      "#######",
      "#.....#",
      "#.###.#",
      "#.###.#",
      "#.###.#",
      "#.....#",
      "#######",
    ]);
    expect(rows[6]?.slice(6, -6)).toBe("#.#.#.#.#.#.#");
    // Level M with mask 0, read from the standard's table of format fields.
    expect(`${rows[8]?.slice(0, 6)}${rows[8]?.slice(7, 9)}`).toBe("#.#.#...");
  });

  it("are drawn without a character that would end a data URL", () => {
    const svg = qrSvg("hello") ?? "";
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 29 29"/);
    expect(svg).not.toContain("#");
  });
});
