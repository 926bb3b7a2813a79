import { expect, test } from "vitest";
import { readChange, readGap, readPresence } from "./messages";

test("a change names its rows; of a partner's own topic it also knows the partner", () => {
  const payload = { table: "partner_tasks", op: "delete", ids: ["t"], id: "message" };
  expect(readChange(payload, "partner:p:tasks")).toEqual({
    table: "partner_tasks",
    op: "delete",
    ids: ["t"],
    versions: [],
    columns: [],
    partnerIds: ["p"],
  });
  expect(readChange({ table: "partners" }, "notices")?.ids).toBeNull();
  expect(readChange(null)).toBeNull();
  expect(readChange({ op: "update" })).toBeNull();
});

test("a gap is what changed, or everything where that is too much", () => {
  const gap = {
    cursor: "7",
    epoch: 2,
    refetch: false,
    changes: [{ table: "partners", op: "insert", ids: ["a"], versions: [1] }, 5],
  };
  expect(readGap(gap)?.changes).toHaveLength(1);
  expect(readGap({ ...gap, refetch: true })?.changes).toBe("everything");
  expect(readGap({ message: "no" })).toBeNull();
});

test("a person with several windows is one person, at what they opened last", () => {
  const state = {
    one: [{ user_id: "b", at: "2026-11-21T10:00", record: "first" }],
    two: [{ user_id: "b", at: "2026-11-21T11:00", record: "second", cell: "tier" }, { nobody: true }],
    three: [{ user_id: "a", at: "2026-11-21T10:30" }],
  };
  expect(readPresence(state)).toEqual([
    { userId: "a", record: null, cell: null, at: "2026-11-21T10:30" },
    { userId: "b", record: "second", cell: "tier", at: "2026-11-21T11:00" },
  ]);
});
