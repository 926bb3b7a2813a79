// Messages as they come over the wire, and as the app reads them. What is not understood is no message.
import { partnerOfSubject } from "./topics";
import type { Gap, LiveChange, Present } from "./types";

const ops = ["insert", "update", "delete"] as const;

export function readChange(payload: unknown, subject = ""): LiveChange | null {
  if (!isRecord(payload) || typeof payload.table !== "string") return null;
  const op = ops.find((known) => known === payload.op) ?? "update";
  const partnerId = partnerOfSubject(subject);
  const partnerIds = texts(payload.partner_ids);
  return {
    table: payload.table,
    op,
    ids: Array.isArray(payload.ids) ? texts(payload.ids) : null,
    versions: Array.isArray(payload.versions) ? payload.versions.filter((version) => typeof version === "number") : [],
    columns: texts(payload.columns),
    partnerIds: partnerIds.length === 0 && partnerId ? [partnerId] : partnerIds,
  };
}

export function readGap(answer: unknown): Gap | null {
  if (!isRecord(answer) || typeof answer.cursor !== "string" || typeof answer.epoch !== "number") return null;
  const changes = Array.isArray(answer.changes) ? answer.changes.map((change) => readChange(change)) : [];
  return {
    cursor: answer.cursor,
    epoch: answer.epoch,
    changes: answer.refetch === true ? "everything" : changes.filter((change) => change !== null),
  };
}

export function readEpoch(payload: unknown): number | null {
  return isRecord(payload) && typeof payload.epoch === "number" ? payload.epoch : null;
}

export function organizationIn(payload: unknown): string | null {
  return isRecord(payload) && typeof payload.organization_id === "string" ? payload.organization_id : null;
}

/** One for each person, however many windows they have open: the record they opened last. */
export function readPresence(state: Record<string, unknown[]>): Present[] {
  const people = new Map<string, Present>();
  for (const meta of Object.values(state).flat()) {
    if (!isRecord(meta) || typeof meta.user_id !== "string") continue;
    const present: Present = {
      userId: meta.user_id,
      record: typeof meta.record === "string" ? meta.record : null,
      cell: typeof meta.cell === "string" ? meta.cell : null,
      at: typeof meta.at === "string" ? meta.at : "",
    };
    const known = people.get(present.userId);
    if (!known || known.at < present.at) people.set(present.userId, present);
  }
  return [...people.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
