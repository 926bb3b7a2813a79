// What happened with a partner, and what somebody says that happened.
import { fromIsoDate } from "@/shared/lib/calendar-date";
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { ActivityEvent, ActivityFacets, ActivityFilter, InteractionFields } from "../types";
import { createOnce } from "./safe-create";

export const EVENTS_AT_ONCE = 50;

/** Newest first, those after the one that is named. */
export async function getPartnerActivity(
  organizationId: string,
  partnerId: string,
  { kinds, actors, from, to }: ActivityFilter,
  after: Pick<ActivityEvent, "id" | "occurredAt"> | null,
  signal?: AbortSignal,
): Promise<ActivityEvent[]> {
  const since = dayBegins(from, 0);
  const until = dayBegins(to, 1);
  const asked = supabase().rpc("partner_timeline", {
    organization: organizationId,
    partner: partnerId,
    page_size: EVENTS_AT_ONCE,
    ...(kinds.length > 0 && { kinds }),
    ...(actors.length > 0 && { actors }),
    ...(since && { since }),
    ...(until && { until }),
    ...(after && { before_at: after.occurredAt, before_id: after.id }),
  });
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked);
  if (error) throw toAppError(error);
  return data.map((row) => ({
    id: row.id,
    kind: row.kind,
    occurredAt: row.occurred_at,
    actor: row.actor,
    actorName: row.actor_name,
    subjectTable: row.subject_table,
    subjectLabel: row.subject_label,
    isVisibleToPartner: row.is_visible_to_partner,
    before: row.before,
    after: row.after,
    details: row.details,
  }));
}

export async function getActivityFacets(organizationId: string, signal: AbortSignal): Promise<ActivityFacets> {
  const { data, error } = await supabase().rpc("timeline_facets", { organization: organizationId }).abortSignal(signal);
  if (error) throw toAppError(error);
  return data as unknown as ActivityFacets;
}

export async function logInteraction(
  organizationId: string,
  partnerId: string,
  fields: InteractionFields,
  clientKey: string,
): Promise<string> {
  const { id } = await createOnce<{ id: string }>(
    () =>
      supabase()
        .from("partner_interactions")
        .insert({
          organization_id: organizationId,
          partner_id: partnerId,
          client_key: clientKey,
          interaction_type: fields.type,
          subject: fields.subject,
          notes: fields.notes,
          participants: fields.participants,
          occurred_at: fields.occurredAt,
          duration_minutes: fields.durationMinutes,
          is_shared: fields.isShared,
        })
        .select("id")
        .single(),
    () =>
      supabase()
        .from("partner_interactions")
        .select("id")
        .eq("organization_id", organizationId)
        .eq("client_key", clientKey)
        .maybeSingle(),
  );
  return id;
}

/** Midnight where the person is, some days later. */
function dayBegins(day: string, later: number): string | null {
  const date = fromIsoDate(day);
  return date && new Date(date.getFullYear(), date.getMonth(), date.getDate() + later).toISOString();
}
