import { describe, expect, test } from "vitest";
import { addDays, formatDate, fromIsoDate, parseDate } from "./calendar-date";

const today = "2026-11-21";

describe("a date as people type it", () => {
  test.each([
    ["2027-03-14", "en-GB", "2027-03-14"],
    ["14 Mar 2027", "en-GB", "2027-03-14"],
    ["March 14, 2027", "en-US", "2027-03-14"],
    ["14. März 2027", "de-DE", "2027-03-14"],
    ["14 mar", "en-GB", "2026-03-14"],
    ["14/3/27", "en-GB", "2027-03-14"],
    ["3/14/27", "en-US", "2027-03-14"],
    ["14.3.", "de-DE", "2026-03-14"],
    ["14.3.2027", "de-DE", "2027-03-14"],
    ["today", "en-GB", "2026-11-21"],
    ["Tomorrow", "en-GB", "2026-11-22"],
    ["+7", "en-GB", "2026-11-28"],
    ["-21", "en-GB", "2026-10-31"],
    ["29 Feb 2028", "en-GB", "2028-02-29"],
  ])("%s in %s is %s", (typed, locale, date) => {
    expect(parseDate(typed, locale, today)).toBe(date);
  });

  test.each(["", "31 Feb 2027", "29 Feb 2027", "14/14/2027", "soon", "2027", "12", "2027-13-01", "1 2 3 4"])(
    "%s is none",
    (typed) => {
      expect(parseDate(typed, "en-GB", today)).toBeNull();
    },
  );

  test("is written out in the person's manner and read again as the same", () => {
    for (const locale of ["en-GB", "en-US", "de-DE", "fr-CH", "sv-SE"])
      for (const date of ["2027-03-14", "2026-01-02", "2028-12-31"])
        expect(parseDate(formatDate(date, locale), locale, today)).toBe(date);
  });

  test("steps over months and years, and is no date where there is none", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2027-03-01", -1)).toBe("2027-02-28");
    expect(fromIsoDate("2027-02-30")).toBeNull();
    expect(formatDate("31 Feb", "en-GB")).toBe("31 Feb");
  });
});
