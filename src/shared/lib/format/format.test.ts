import { describe, expect, test } from "vitest";
import { createFormat } from "./format";

const zurich = createFormat({ locale: "en-GB", timeZone: "Europe/Zurich" });
const tokyo = createFormat({ locale: "ja-JP", timeZone: "Asia/Tokyo" });
const LATE = "2026-11-21T20:30:00Z";

describe("dates", () => {
  test("a moment is told in the person's zone and language", () => {
    expect(zurich.dateTime(LATE)).toBe("21 Nov 2026, 21:30");
    expect(tokyo.dateTime(LATE)).toBe("2026/11/22 5:30");
    expect(zurich.date(LATE)).toBe("21 Nov 2026");
    expect(tokyo.date(LATE)).toBe("2026/11/22");
    expect(zurich.time(LATE)).toBe("21:30");
  });

  test.each(["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])(
    "a day of the calendar is the same day in %s",
    (zone) => {
      expect(createFormat({ locale: "en-GB", timeZone: zone }).date("2026-01-01")).toBe("1 Jan 2026");
    },
  );

  test("an hour that a change of the clocks leaves out is not invented", () => {
    expect(zurich.time("2026-03-29T01:00:00Z")).toBe("03:00");
  });

  test.each([
    [-20, "this minute"],
    [20, "this minute"],
    [-59 * 60, "59 minutes ago"],
    [-3 * 3600, "3 hours ago"],
    [-86_400, "yesterday"],
    [-40 * 86_400, "12 Oct 2026"],
  ])("%d seconds away is said as %j", (seconds, said) => {
    const now = new Date(LATE);
    expect(zurich.relative(new Date(now.getTime() + seconds * 1000), now)).toBe(said);
  });
});

describe("numbers", () => {
  test("money has the digits of its currency", () => {
    expect(zurich.money("1234.5", "EUR")).toBe("€1,234.50");
    expect(zurich.money(1234, "JPY")).toBe("JP¥1,234");
    expect(zurich.money("1.234", "KWD").replace(/\s/g, " ")).toBe("KWD 1.234");
    expect(createFormat({ locale: "de-DE", timeZone: null }).money("1234567.5", "CHF").replace(/\s/g, " ")).toBe(
      "1.234.567,50 CHF",
    );
  });

  test("digits beyond what a float can hold stay exact", () => {
    expect(zurich.money("90071992547409.93", "USD")).toBe("US$90,071,992,547,409.93");
    expect(zurich.number("9007199254740993")).toBe("9,007,199,254,740,993");
  });

  test("percent takes a share", () => {
    expect(zurich.percent(0.125)).toBe("12.5%");
  });
});

test("a zone or locale that the browser does not know leaves its own", () => {
  const browser = createFormat({ locale: null, timeZone: null });
  const odd = createFormat({ locale: "no_such-locale!", timeZone: "Mars/Olympus" });
  expect([odd.locale, odd.timeZone]).toEqual([browser.locale, browser.timeZone]);
});
