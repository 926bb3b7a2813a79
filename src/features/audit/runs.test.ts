import { describe, expect, it } from "vitest";
import { endsInRun, runsOf } from "./runs";
import type { AuditEvent } from "./types";
import { deedOfRun } from "./words";

let nextId = 1000;

function events(count: number, given: Partial<AuditEvent> = {}): AuditEvent[] {
  return Array.from({ length: count }, () => ({
    id: nextId--,
    occurredAt: "2026-01-02T03:04:05Z",
    actor: "system:postgres",
    actorId: null,
    actorName: null,
    action: "insert",
    tableName: "role_permissions",
    rowId: "r",
    label: "partners.read",
    changes: {},
    sequence: 1,
    transaction: "7",
    ...given,
  }));
}

const lengths = (given: AuditEvent[]) => runsOf(given).map(({ length }) => length);

describe("what one transaction did many times", () => {
  it("is one run from four events on", () => {
    expect(lengths(events(138))).toEqual([138]);
    expect(lengths(events(4))).toEqual([4]);
    expect(lengths(events(3))).toEqual([1, 1, 1]);
    expect(lengths([])).toEqual([]);
  });

  it.each([
    ["transaction", { transaction: "8" }],
    ["actor", { actor: "user:a" }],
    ["table", { tableName: "roles" }],
    ["action", { action: "delete" }],
  ] satisfies [string, Partial<AuditEvent>][])("ends where the %s is another", (_what, other) => {
    expect(lengths([...events(5), ...events(6, other)])).toEqual([5, 6]);
  });

  it("ends where something else came in between", () => {
    expect(lengths([...events(4), ...events(1, { tableName: "roles" }), ...events(4)])).toEqual([4, 1, 4]);
  });

  it("leaves what is no change of a row apart", () => {
    expect(lengths(events(5, { action: "denied" }))).toEqual([1, 1, 1, 1, 1]);
  });

  it("keeps every event, in its order", () => {
    const given = [...events(2), ...events(9, { action: "update" }), ...events(3, { tableName: "roles" })];
    expect(runsOf(given).flat()).toEqual(given);
  });

  it("may go on after the end of a page", () => {
    expect(endsInRun(events(50))).toBe(true);
    expect(endsInRun([...events(50), ...events(1, { tableName: "roles" })])).toBe(false);
    expect(endsInRun(events(3))).toBe(false);
    expect(endsInRun([])).toBe(false);
  });
});

describe("a run in words", () => {
  it.each([
    [{}, "added 1,138 permissions"],
    [{ action: "delete", tableName: "invitations" }, "removed 1,138 invitations"],
    [{ action: "update", tableName: "profiles" }, "changed 1,138 people"],
    [{ tableName: "partner_tasks" }, "added 1,138 partner tasks"],
  ] satisfies [Partial<AuditEvent>, string][])("%j", (given, deed) => {
    const [run] = runsOf(events(1138, given));
    expect(run && deedOfRun(run, "en-GB")).toBe(deed);
  });

  it("does not claim to be whole where more may follow", () => {
    const [run] = runsOf(events(5));
    expect(run && deedOfRun(run, "en-GB", true)).toBe("added at least 5 permissions");
  });
});
