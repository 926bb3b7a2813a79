import { expect, test } from "vitest";
import { undoOf } from "./bulk";
import type { BulkChanged } from "./types";

const was = (id: string, before: Partial<BulkChanged["before"]>): BulkChanged => ({
  id,
  version: 2,
  before: { status: "active", tier: null, ownerId: null, tags: [], ...before },
});

test("each gets again what it had, those that had the same in one statement", () => {
  const reached = [was("a", { status: "pending" }), was("b", { status: "inactive" }), was("c", { status: "pending" })];
  expect(undoOf(reached, { status: "active" })).toEqual([
    { ids: ["a", "c"], change: { status: "pending" } },
    { ids: ["b"], change: { status: "inactive" } },
  ]);
});

test("what had no tier or owner gets none again", () => {
  expect(undoOf([was("a", {})], { tier: "gold", ownerId: "u" })).toEqual([
    { ids: ["a"], change: { tier: null, ownerId: null } },
  ]);
});

test("of tags only those are taken away that were put there, and nothing is done where nothing changed", () => {
  const reached = [was("a", { tags: ["x"] }), was("b", { tags: [] })];
  expect(undoOf(reached, { addTags: ["x"] })).toEqual([{ ids: ["b"], change: { removeTags: ["x"] } }]);
  expect(undoOf(reached, { removeTags: ["x"] })).toEqual([{ ids: ["a"], change: { addTags: ["x"] } }]);
  expect(undoOf([was("a", {})], { status: "active" })).toEqual([]);
});
