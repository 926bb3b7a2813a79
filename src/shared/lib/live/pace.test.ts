import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPace } from "./pace";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the first are done at once, of the others only the newest, as soon as it may be", () => {
  const done: string[] = [];
  const pace = createPace(2, 30_000);
  for (const name of ["a", "b", "c", "d"]) pace.run(() => done.push(name));
  expect(done).toEqual(["a", "b"]);
  vi.advanceTimersByTime(29_999);
  expect(done).toEqual(["a", "b"]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(["a", "b", "d"]);
});

test("what waits is dropped with the channel", () => {
  const done: string[] = [];
  const pace = createPace(1, 30_000);
  for (const name of ["a", "b"]) pace.run(() => done.push(name));
  pace.stop();
  vi.advanceTimersByTime(60_000);
  expect(done).toEqual(["a"]);
});
