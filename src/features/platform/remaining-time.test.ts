import { expect, test } from "vitest";
import { remainingTime } from "./remaining-time";

const now = Date.parse("2026-11-21T10:00:00Z");

test.each([
  ["2026-11-21T10:00:01Z", "1 min"],
  ["2026-11-21T10:30:00Z", "30 min"],
  ["2026-11-21T12:00:00Z", "2 h"],
  ["2026-11-21T13:20:00Z", "3 h 20 min"],
  ["2026-11-21T10:00:00Z", null],
  ["2026-11-21T09:00:00Z", null],
  [null, null],
])("until %s remains %s", (until, remaining) => {
  expect(remainingTime(until, now)).toBe(remaining);
});
