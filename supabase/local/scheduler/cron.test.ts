import { describe, expect, test } from "vitest";
import { isDue, parseCron } from "./cron.ts";

const due = (expression: string, at: string) => isDue(parseCron(expression), new Date(at));

describe("a schedule", () => {
  test.each([
    ["every minute", "* * * * *", "2026-11-21T07:13:00Z", true],
    ["every quarter of an hour, on the quarter", "*/15 * * * *", "2026-11-21T07:45:30Z", true],
    ["every quarter of an hour, off the quarter", "*/15 * * * *", "2026-11-21T07:46:00Z", false],
    ["daily at a time", "30 3 * * *", "2026-11-21T03:30:00Z", true],
    ["weekdays by name, on a Saturday", "0 8 * * mon-fri", "2026-11-21T08:00:00Z", false],
    ["weekdays by name, on a Friday", "0 8 * * mon-fri", "2026-11-20T08:00:00Z", true],
    ["Sunday written as 7", "0 8 * * 7", "2026-11-22T08:00:00Z", true],
    ["the last day of a leap February", "0 0 $ * *", "2028-02-29T00:00:00Z", true],
    ["the day before the last of a month", "0 0 $ * *", "2026-11-29T00:00:00Z", false],
    ["a month by name", "0 0 1 jan *", "2027-01-01T00:00:00Z", true],
    ["the 13th or a Friday, on a Friday", "0 0 13 * 5", "2026-11-20T00:00:00Z", true],
    ["the 13th or a Friday, on the 13th", "0 0 13 * 5", "2026-12-13T00:00:00Z", true],
    ["the 13th or a Friday, on neither", "0 0 13 * 5", "2026-11-21T00:00:00Z", false],
    ["a list with a range", "5,10-12 * * * *", "2026-11-21T07:11:00Z", true],
  ])("%s", (_story, expression, at, expected) => {
    expect(due(expression, at)).toBe(expected);
  });

  test("can be given in seconds", () => {
    expect(parseCron("30 seconds")).toEqual({ everySeconds: 30 });
  });

  test.each(["", "* * * *", "60 * * * *", "* 24 * * *", "5-1 * * * *", "*/0 * * * *", "a * * * *", "90 seconds"])(
    "that makes no sense is refused: %j",
    (expression) => {
      expect(() => parseCron(expression)).toThrow(/schedule/);
    },
  );
});
