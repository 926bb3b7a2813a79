// Which of the cached answers about partners show what of which table. Rows that are shown are read again by id; an order, a count or
// a figure is read again where a change can have moved it.
import type { QueryFilters } from "@tanstack/react-query";
import type { LivePlan } from "@/shared/lib/live/follow";
import type { LiveChange } from "@/shared/lib/live/types";
import { type PartnerPart, partnerKeys } from "./queries";
import { partnerDirectoryService } from "./services/partner-directory-service";
import { partnerWorkspaceService } from "./services/partner-workspace-service";
import type { PartnerFilter, PartnerListing, PartnerSort } from "./types";

/** True also where rows came or went. */
const touches = ({ op, columns }: LiveChange, watched: readonly string[]): boolean =>
  op !== "update" || columns.some((column) => watched.includes(column));

const sortColumns: Record<PartnerSort, string | null> = {
  name: "name",
  status: "status",
  tier: "tier",
  health: "relationship_health",
  // Whatever is changed is newer.
  updated: null,
  agreement_end: "agreement_ends_on",
};

/** Whether rows can be in or out of what the filter leaves. */
export function mayEnterOrLeave(filter: PartnerFilter, change: LiveChange): boolean {
  if (filter.text !== "") return true;
  return touches(change, [
    "archived_at",
    ...(filter.statuses.length > 0 ? ["status"] : []),
    ...(filter.tiers.length > 0 ? ["tier"] : []),
    ...(filter.domains.length > 0 ? ["domain"] : []),
    ...(filter.regions.length > 0 ? ["region"] : []),
    ...(filter.tags.length > 0 ? ["tags"] : []),
    ...(filter.owner ? ["owner_id"] : []),
  ]);
}

export function mayMove(listing: PartnerListing, change: LiveChange): boolean {
  const column = sortColumns[listing.sort];
  return column === null || touches(change, [column]) || mayEnterOrLeave(listing, change);
}

export function partnersPlan(organizationId: string): LivePlan {
  const of = partnerKeys.of(organizationId);
  const lists = (change: LiveChange): QueryFilters => ({
    queryKey: partnerKeys.lists(organizationId),
    predicate: ({ queryKey }) => mayMove(queryKey[3] as PartnerListing, change),
  });
  const counts = (change: LiveChange): QueryFilters => ({
    queryKey: [...of, "count"],
    predicate: ({ queryKey }) => mayEnterOrLeave(queryKey[3] as PartnerFilter, change),
  });
  const summary: QueryFilters = { queryKey: [...of, "summary"] };
  /** Of the partners that a change names; of all that are cached, where it names none. */
  const part = (name: PartnerPart, partnerIds: readonly string[]): QueryFilters => ({
    queryKey: partnerKeys.all(organizationId),
    predicate: ({ queryKey }) =>
      queryKey[4] === name && (partnerIds.length === 0 || partnerIds.includes(String(queryKey[3]))),
  });

  return {
    within: [of, partnerKeys.words(organizationId)],
    rules: [
      {
        tables: ["partners"],
        read: (ids) => partnerDirectoryService.getPartnersByIds(organizationId, ids),
        stale: (change) => [
          lists(change),
          counts(change),
          ...(touches(change, ["status", "archived_at"]) ? [summary] : []),
          part("activity", change.ids ?? []),
        ],
      },
      {
        tables: ["partner_tasks"],
        read: (ids) => partnerWorkspaceService.getTasksByIds(organizationId, ids),
        stale: (change) => [
          ...(touches(change, ["status", "due_on", "partner_id"])
            ? [part("tasks", change.partnerIds), part("figures", change.partnerIds)]
            : []),
          part("activity", change.partnerIds),
        ],
      },
      {
        tables: ["partner_referrals"],
        read: (ids) => partnerWorkspaceService.getReferralsByIds(organizationId, ids),
        stale: (change) => [
          ...(touches(change, ["referred_at", "partner_id"]) ? [part("referrals", change.partnerIds)] : []),
          ...(touches(change, ["status", "outcome", "partner_id"])
            ? [part("figures", change.partnerIds), summary]
            : []),
          part("activity", change.partnerIds),
        ],
      },
      {
        // The newest stands first: every change moves one.
        tables: ["partner_documents", "partner_document_versions"],
        stale: ({ partnerIds }) => [
          part("docs", partnerIds),
          part("figures", partnerIds),
          part("activity", partnerIds),
        ],
      },
      {
        tables: ["opportunities", "deal_registrations"],
        stale: ({ partnerIds }) => [part("figures", partnerIds), summary, part("activity", partnerIds)],
      },
      {
        tables: ["partner_commission_terms"],
        stale: ({ partnerIds }) => [part("commission", partnerIds), part("activity", partnerIds)],
      },
      {
        tables: ["partner_interactions", "partner_task_comments", "partner_members", "partner_training"],
        stale: ({ partnerIds }) => [part("activity", partnerIds)],
      },
      {
        tables: ["configurations"],
        stale: () => [{ queryKey: partnerKeys.words(organizationId) }],
      },
    ],
  };
}
