// The audit log as the database tells it: pages, what to filter by, how the chain stands.
import { fromIsoDate } from "@/shared/lib/calendar-date";
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Database, Json } from "@/shared/types/database.types";
import type { AuditEvent, AuditFacets, AuditFilters, ChainState, ChainVerdict, Names } from "../types";

type EventRow = Database["public"]["Functions"]["audit_page"]["Returns"][number];

interface PageRequest {
  organizationId: string;
  filters: AuditFilters;
  /** The last event of the page before. */
  before: number | null;
  size: number;
}

export async function getAuditPage(request: PageRequest, signal?: AbortSignal): Promise<AuditEvent[]> {
  const { filters, before, organizationId, size } = request;
  const since = dayBegins(filters.from, 0);
  const until = dayBegins(filters.to, 1);
  const asked = supabase().rpc("audit_page", {
    organization: organizationId,
    page_size: size,
    ...(filters.tables.length > 0 && { tables: [...filters.tables] }),
    ...(filters.actions.length > 0 && { actions: [...filters.actions] }),
    ...(filters.actors.length > 0 && { actors: [...filters.actors] }),
    ...(filters.row !== "" && { subject: filters.row }),
    ...(since && { since }),
    ...(until && { until }),
    ...(before !== null && { before_id: before }),
  });
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked);
  if (error) throw toAppError(error);
  return data.map(eventOf);
}

export async function getAuditFacets(organizationId: string, signal: AbortSignal): Promise<AuditFacets> {
  const { data, error } = await supabase().rpc("audit_facets", { organization: organizationId }).abortSignal(signal);
  if (error) throw toAppError(error);
  return data as unknown as AuditFacets;
}

export async function getChainState(organizationId: string, signal: AbortSignal): Promise<ChainState> {
  const { data, error } = await supabase()
    .rpc("audit_chain_state", { organization: organizationId })
    .abortSignal(signal)
    .single();
  if (error) throw toAppError(error);
  return {
    head: data.head,
    sealedAt: data.sealed_at,
    unsealed: data.unsealed,
    anchored: data.anchored,
    anchoredAt: data.anchored_at,
  };
}

/** Verifies the stretch of the chain after a number that is known to be right. */
export async function verifyChain(organizationId: string, after: number): Promise<ChainVerdict> {
  const { data, error } = await supabase()
    .rpc("verify_audit_log", { organization: organizationId, after_sequence: after })
    .single();
  if (error) throw toAppError(error);
  return {
    ok: data.ok,
    reason: data.reason,
    badEvent: data.bad_audit_id,
    badSequence: data.bad_sequence,
    verifiedUpTo: data.verified_up_to,
    head: data.head,
  };
}

export async function getNames(organizationId: string, signal: AbortSignal): Promise<Names> {
  const [people, roles, rights] = await Promise.all([
    supabase()
      .from("memberships")
      .select("id, user_id, display_name")
      .eq("organization_id", organizationId)
      .abortSignal(signal),
    supabase().from("roles").select("id, name").eq("organization_id", organizationId).abortSignal(signal),
    supabase().from("permissions").select("key, label").abortSignal(signal),
  ]);
  if (people.error) throw toAppError(people.error);
  if (roles.error) throw toAppError(roles.error);
  if (rights.error) throw toAppError(rights.error);
  return new Map([
    ...people.data.flatMap(({ id, user_id, display_name }): [string, string][] => [
      [id, display_name],
      [user_id, display_name],
    ]),
    ...roles.data.map(({ id, name }): [string, string] => [id, name]),
    ...rights.data.map(({ key, label }): [string, string] => [key, label]),
  ]);
}

function eventOf(row: EventRow): AuditEvent {
  return {
    id: row.id,
    occurredAt: row.occurred_at,
    actor: row.actor,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    tableName: row.table_name,
    rowId: row.row_id,
    label: row.label,
    changes: isRecord(row.changes) ? row.changes : {},
    sequence: row.sequence,
    transaction: row.txid,
  };
}

function isRecord(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Midnight where the person is, some days later. */
function dayBegins(day: string, later: number): string | null {
  const date = fromIsoDate(day);
  return date && new Date(date.getFullYear(), date.getMonth(), date.getDate() + later).toISOString();
}
