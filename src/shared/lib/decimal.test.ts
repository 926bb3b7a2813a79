import { describe, expect, test } from "vitest";
import { addDecimals, compareDecimals, currencyPlaces, formatDecimal, parseDecimal } from "./decimal";

describe("a number as people write it", () => {
  test.each([
    ["1234.5", "en-GB", "1234.5"],
    ["1,234.50", "en-GB", "1234.5"],
    ["1.234,50", "de-DE", "1234.5"],
    ["1.234,50", "en-GB", "1234.5"],
    ["1'234.50", "de-CH", "1234.5"],
    ["1 234,5", "fr-FR", "1234.5"],
    ["€ 1,000", "en-GB", "1000"],
    ["1,234", "en-GB", "1234"],
    ["1,234", "de-DE", "1.234"],
    ["1.234", "de-DE", "1234"],
    ["1.234", "en-GB", "1.234"],
    ["1,23", "en-GB", "1.23"],
    ["1,234,567", "de-DE", "1234567"],
    ["CHF 12", "en-GB", "12"],
    ["12 %", "en-GB", "12"],
    ["−5", "en-GB", "-5"],
    ["-€5", "en-GB", "-5"],
    [".5", "en-GB", "0.5"],
    ["007", "en-GB", "7"],
    ["-0", "en-GB", "0"],
    ["12345678901234567890.123456", "en-GB", "12345678901234567890.123456"],
  ])("%s in %s is %s", (typed, locale, number) => {
    expect(parseDecimal(typed, locale)).toBe(number);
  });

  test.each(["", "abc", "12a", "1,2,3", "1.2.3", "--5", "1e5", "1,2345.6", "NaN", "Infinity", ".", "5-"])(
    "%s is none",
    (typed) => {
      expect(parseDecimal(typed, "en-GB")).toBeNull();
    },
  );

  test("is written out exactly, with the places of its currency, and read again as the same", () => {
    expect(formatDecimal("12345678901234567890.1", { locale: "en-GB", places: 2 })).toBe(
      "12,345,678,901,234,567,890.10",
    );
    for (const locale of ["en-GB", "de-DE", "fr-CH", "de-CH", "en-US", "sv-SE"])
      for (const number of ["0", "-12.5", "1234567.89", "1000", "0.001", "-1234"])
        expect(parseDecimal(formatDecimal(number, { locale, places: 2 }), locale)).toBe(number);
  });

  test("is added and compared without a float", () => {
    expect(addDecimals("0.1", "0.2")).toBe("0.3");
    expect(addDecimals("9007199254740993", "1")).toBe("9007199254740994");
    expect(addDecimals("0.05", "-0.1")).toBe("-0.05");
    expect(addDecimals("-1", "1")).toBe("0");
    expect(compareDecimals("10", "9.99")).toBe(1);
    expect(compareDecimals("-0.10", "-0.1")).toBe(0);
  });

  test("knows the places of currencies", () => {
    expect(["EUR", "JPY", "KWD"].map(currencyPlaces)).toEqual([2, 0, 3]);
  });
});
