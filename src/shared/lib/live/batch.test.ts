import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Batch } from "./batch";
import type { LiveChange, LiveChanges } from "./types";

const change = (ids: string[], versions: number[], more: Partial<LiveChange> = {}): LiveChange => ({
  table: "partners",
  op: "update",
  ids,
  versions,
  columns: ["name"],
  partnerIds: [],
  ...more,
});

function start({ takes = 0 }: { takes?: number } = {}) {
  const followed: LiveChanges[] = [];
  const held = { for: 0 };
  const batch = new Batch({
    follow: async (changes) => {
      followed.push(changes);
      if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes));
    },
    holdsFor: () => held.for,
  });
  return { batch, followed, held };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("messages of a moment are followed together, each row once with its newest version", async () => {
  const { batch, followed } = start();
  batch.add([change(["a", "b"], [2, 5])]);
  batch.add([change(["b", "c"], [4, 1], { columns: ["tier"] })]);
  batch.add([change(["d"], [], { op: "delete" })]);
  await pass(10);
  expect(followed).toEqual([
    [change(["a", "b", "c"], [2, 5, 1], { columns: ["name", "tier"] }), change(["d"], [], { op: "delete" })],
  ]);
});

test("the first of a quiet time is followed almost at once; in a flood following takes no more than half of the time", async () => {
  const { batch, followed } = start({ takes: 40 });
  batch.add([change(["a"], [1])]);
  await pass(5);
  expect(followed.length).toBe(1);
  for (let version = 2; version < 402; version++) {
    batch.add([change(["a"], [version])]);
    await pass(1);
  }
  expect(followed.length).toBeLessThanOrEqual(7);
  await pass(200);
  expect(followed.at(-1)).toEqual([change(["a"], [401])]);
});

test("it waits while a write of one's own is under way, and not for ever", async () => {
  const { batch, followed, held } = start();
  held.for = 5_000;
  batch.add([change(["a"], [1])]);
  await pass(1_000);
  expect(followed).toEqual([]);
  held.for = 0;
  batch.poke();
  await pass(10);
  expect(followed.length).toBe(1);
  held.for = 5_000;
  batch.add([change(["a"], [2])]);
  await pass(5_100);
  expect(followed.length).toBe(2);
});

test("while nobody looks nothing is followed; too much of it becomes everything", async () => {
  const { batch, followed, held } = start();
  held.for = Number.POSITIVE_INFINITY;
  for (let row = 0; row < 501; row++) batch.add([change([`row ${row}`], [1])]);
  await pass(3_600_000);
  expect(followed).toEqual([]);
  held.for = 0;
  batch.poke();
  await pass(10);
  expect(followed).toEqual(["everything"]);
});

test("what cannot be named stays so, and a failure stops nothing", async () => {
  const followed: LiveChanges[] = [];
  const batch = new Batch({
    follow: async (changes) => {
      followed.push(changes);
      if (followed.length === 1) throw new Error("unreachable");
    },
    holdsFor: () => 0,
  });
  batch.add([change(["a"], [1])]);
  batch.add([change([], [], { ids: null })]);
  await pass(10);
  expect(followed).toEqual([[change(["a"], [], { ids: null })]]);
  batch.add([change(["a"], [2])]);
  await pass(10);
  expect(followed.length).toBe(2);
  batch.end();
  batch.add([change(["a"], [3])]);
  await pass(10_000);
  expect(followed.length).toBe(2);
});
