import { expect, test } from "vitest";
import { add, closingLine, exitCode, nothing, startCount } from "./tally.ts";

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

test("runners inside of a runner are counted, and one that breaks is a failure that stops nobody", async () => {
  const said: string[] = [];
  const count = startCount((line) => said.push(line));
  const passing = async () => ({ passed: 5, failed: 0, skipped: 1 });
  await count.run("Outer", async () => {
    await count.run("Inner", passing);
    await count.run("Broken", () => Promise.reject(new Error("It could not start.")));
    await count.run("Another", passing);
    return nothing;
  });
  expect(count.total()).toEqual({ passed: 10, failed: 1, skipped: 2 });
  expect(said).toContain("It could not start.");
});
