import { expect, test } from "vitest";
import { add, closingLine, exitCode, nothing } from "./tally.ts";

test("a run is green only when something ran and nothing failed", () => {
  expect(exitCode({ passed: 3, failed: 0, skipped: 1 })).toBe(0);
  expect(exitCode({ passed: 3, failed: 1, skipped: 0 })).toBe(1);
  expect(exitCode(nothing)).toBe(1);
});

test("the closing line sums every runner and names skipped tests only when there are some", () => {
  const sum = add({ passed: 2, failed: 1, skipped: 0 }, { passed: 40, failed: 0, skipped: 0 });
  expect(closingLine(sum)).toBe("42 passed, 1 failed");
  expect(closingLine({ ...sum, skipped: 2 })).toBe("42 passed, 1 failed, 2 skipped");
});
