import { describe, expect, it } from "vitest";
import { changeLines, changesAsText } from "./changes";
import type { AuditEvent } from "./types";
import { actorWord, sentenceOf } from "./words";

const names = new Map([
  ["1", "Sales rep"],
  ["2", "Administrator"],
  ["views.share", "Share views"],
]);
const wording = { names, locale: "en-GB" };

function event(given: Partial<AuditEvent>): AuditEvent {
  return {
    id: 1,
    occurredAt: "2026-01-02T03:04:05Z",
    actor: "user:a",
    actorId: "a",
    actorName: "Anna",
    action: "update",
    tableName: "memberships",
    rowId: "m",
    label: "Sofia",
    changes: {},
    sequence: 1,
    transaction: "7",
    ...given,
  };
}

describe("an event in a sentence", () => {
  it.each([
    [{ changes: { role_id: ["1", "2"] } }, "Anna changed Role of member Sofia"],
    [{ changes: { role_id: ["1", "2"], status: ["a", "b"] } }, "Anna changed Role and Status of member Sofia"],
    [{ changes: { a: [1, 2], b: [1, 2], c: [1, 2], d: [1, 2] } }, "Anna changed 4 fields of member Sofia"],
    [{ action: "insert", tableName: "invitations", label: "x@y.test" }, "Anna added invitation x@y.test"],
    [
      { action: "insert", tableName: "role_permissions", label: "Team: A: views.share" },
      "Anna added permission Team: A: Share views",
    ],
    [
      { action: "insert", tableName: "role_permissions", label: "Team: gone.right" },
      "Anna added permission Team: gone.right",
    ],
    [{ action: "delete", tableName: "partner_tasks", label: "Call" }, "Anna removed partner tasks Call"],
    [
      { action: "denied", changes: { attempted: "invite_member", reason: "No." } },
      "Anna tried to invite member, and was refused",
    ],
  ] satisfies [Partial<AuditEvent>, string][])("%j", (given, sentence) => {
    const { actor, deed, subject } = sentenceOf(event(given), names);
    expect([actor, deed, subject].filter(Boolean).join(" ")).toBe(sentence);
  });

  it("names jobs, and people who are gone", () => {
    expect(actorWord({ actor: "system:seal-audit-log", actorName: null })).toBe("The system (seal audit log)");
    expect(actorWord({ actor: "user:gone", actorName: null })).toBe("Somebody who is no longer here");
  });
});

describe("changes in words", () => {
  const text = (changes: AuditEvent["changes"], action = "update") =>
    changesAsText(event({ action, changes }), wording);

  it("says from what to what, with names for ids", () => {
    expect(text({ role_id: ["1", "2"], is_active: [true, false], email: [null, "a@b.test"] })).toBe(
      "Role: Sales rep → Administrator\nActive: yes → no\nE-mail address: nothing → a@b.test",
    );
  });

  it("tells items that were added to a list or removed from it", () => {
    expect(
      text({
        tags: [
          ["a", "b"],
          ["b", "c", "d"],
        ],
      }),
    ).toBe("Tags: removed a\nTags: added c, d");
    expect(
      text({
        tags: [
          ["a", "b"],
          ["b", "a"],
        ],
      }),
    ).toBe("Tags: a, b → b, a");
  });

  it("follows nested values to what differs", () => {
    const before = {
      stages: [
        { name: "Lead", days: 3 },
        { name: "Won", days: 9 },
      ],
      kept: true,
    };
    const after = {
      stages: [
        { name: "Lead", days: 5 },
        { name: "Won", days: 9 },
      ],
      kept: true,
    };
    expect(text({ value: [before, after] })).toBe("Value › stages › Lead › days: 3 → 5");
  });

  it("keeps hidden values hidden", () => {
    expect(text({ token_hash: { hidden: true } })).toBe("Link: changed, value not kept");
  });

  it("leaves empty values of new rows out", () => {
    expect(changeLines(event({ action: "insert", changes: { a: null, b: [], c: {}, d: "x" } }), wording)).toEqual([
      { field: "D", kind: "set", to: "x" },
    ]);
  });

  it("says that values were erased", () => {
    const erased = { erased: { at: "2026-01-02T00:00:00Z", columns: ["email"] } };
    expect(changesAsText(event({ label: null, changes: erased }), wording)).toBe("Erased on request");
  });
});
