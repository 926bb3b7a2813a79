import type { Json } from "@/shared/types/database.types";

/** One thing that happened. */
export interface AuditEvent {
  id: number;
  occurredAt: string;
  /** `user:<uuid>` or `system:<job>`. */
  actor: string;
  actorId: string | null;
  actorName: string | null;
  action: string;
  tableName: string;
  rowId: string;
  /** What the row was called when it happened. */
  label: string | null;
  changes: Record<string, Json>;
  /** Its number in the hash chain; null while it waits to be sealed. */
  sequence: number | null;
  /** Shared by all that was written at once. */
  transaction: string;
}

export interface AuditPage {
  events: AuditEvent[];
  hasOlder: boolean;
}

export interface AuditFilters {
  tables: readonly string[];
  actions: readonly string[];
  actors: readonly string[];
  /** The key of one row. */
  row: string;
  /** Days, both included; "" for open. */
  from: string;
  to: string;
}

/** What there is to filter by. */
export interface AuditFacets {
  tables: string[];
  actions: string[];
  actors: { actor: string; name: string | null }[];
}

export interface ChainState {
  head: number;
  sealedAt: string | null;
  unsealed: number;
  anchored: number;
  anchoredAt: string | null;
}

export interface ChainVerdict {
  ok: boolean;
  reason: string | null;
  badEvent: number | null;
  badSequence: number | null;
  verifiedUpTo: number;
  head: number;
}

/** Names of people and roles by id and of rights by key, for changes that hold these. */
export type Names = ReadonlyMap<string, string>;
