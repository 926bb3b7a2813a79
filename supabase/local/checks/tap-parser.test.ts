import { describe, expect, test } from "vitest";
import { readTap } from "./tap-parser.ts";

const counts = (tap: string) => {
  const { passed, failed, skipped } = readTap(tap);
  return { passed, failed, skipped };
};

describe("TAP is a pass only when it is whole", () => {
  test.each([
    ["a plan that is kept", "1..2\nok 1 - a\nok 2 - b", 2, 0, 0],
    ["a plan at the end", "ok 1 - a\n1..1", 1, 0, 0],
    ["a failed test", "1..2\nok 1 - a\nnot ok 2 - b", 1, 1, 0],
    ["fewer tests than planned", "1..3\nok 1 - a\nok 2 - b", 2, 1, 0],
    ["more tests than planned", "1..1\nok 1 - a\nok 2 - b", 2, 1, 0],
    ["no plan", "ok 1 - a", 1, 1, 0],
    ["two plans", "1..1\nok 1 - a\n1..1", 1, 1, 0],
    ["nothing at all", "", 0, 1, 0],
    ["a plan of no tests", "1..0", 0, 1, 0],
    ["a number out of order", "1..2\nok 1 - a\nok 3 - c", 2, 1, 0],
    ["a bail-out", "1..1\nok 1 - a\nBail out! Gone.", 1, 1, 0],
    ["a skipped test", "1..2\nok 1 - a\nok 2 - b # SKIP not here", 1, 0, 1],
    ["a file that is skipped as a whole", "1..0 # SKIP not here", 0, 0, 1],
    ["a test for later that fails", "1..1\nnot ok 1 - a # TODO later", 0, 0, 1],
    ["a test for later that passes already", "1..1\nok 1 - a # TODO later", 1, 0, 0],
    ["a description that only speaks of skipping", "1..1\nnot ok 1 - # skipping is not a \\# SKIP", 0, 1, 0],
    ["an error that looks like a test", "1..1\nokay, but no test", 0, 1, 0],
  ])("%s", (_story, tap, passed, failed, skipped) => {
    expect(counts(tap)).toEqual({ passed, failed, skipped });
  });

  test("what a failed test says is kept", () => {
    expect(readTap("1..1\nnot ok 1 - a\n# Failed test 1\n#   have: 1\n#   want: 2").problems).toEqual([
      "not ok 1 - a",
      "# Failed test 1",
      "#   have: 1",
      "#   want: 2",
    ]);
  });
});
