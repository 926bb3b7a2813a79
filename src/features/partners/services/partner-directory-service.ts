// The directory: lists of partners, and what is done to many of them at once.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Json } from "@/shared/types/database.types";
import { PAGE_SIZE } from "../constants";
import type { BulkChange, BulkChanged, Partner, PartnerFilter, PartnerListing, PartnerPage } from "../types";
import { fetchSummaryMetrics } from "./partner-figures-service";
import { type PartnerRow, partnerColumns, partnerOf } from "./partner-rows";

const FOUND_AT_MOST = 6;

/** The database checks the right to the organization once and searches, sorts and turns pages inside it. */
async function listPartners(
  organizationId: string,
  listing: PartnerListing,
  signal?: AbortSignal,
): Promise<PartnerPage> {
  const { beside, backwards } = listing.place;
  // One more than is shown tells whether the list goes on.
  const rows = await readPage(organizationId, listing, PAGE_SIZE + 1, signal);
  const goesOn = rows.length > PAGE_SIZE;
  return {
    partners: backwards ? rows.slice(-PAGE_SIZE) : rows.slice(0, PAGE_SIZE),
    place: listing.place,
    hasPrevious: backwards ? goesOn : beside !== null,
    hasNext: backwards || goesOn,
  };
}

/** For files: as many at once as the database hands out. */
async function listPartnersAfter(
  organizationId: string,
  listing: PartnerListing,
  after: string | null,
): Promise<Partner[]> {
  return readPage(organizationId, { ...listing, place: { number: 1, beside: after, backwards: false } }, 1000);
}

async function findPartners(organizationId: string, text: string, signal: AbortSignal): Promise<Partner[]> {
  const { data, error } = await supabase()
    .rpc("partners_page", { organization: organizationId, filters: { search: text }, page_size: FOUND_AT_MOST })
    .select(partnerColumns)
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return (data as unknown as PartnerRow[]).map(partnerOf);
}

/** Those that were changed while they are shown. */
async function getPartnersByIds(organizationId: string, ids: readonly string[]): Promise<Partner[]> {
  const { data, error } = await supabase()
    .from("partners")
    .select(partnerColumns)
    .eq("organization_id", organizationId)
    .in("id", ids);
  if (error) throw toAppError(error);
  return (data as PartnerRow[]).map(partnerOf);
}

async function countPartners(organizationId: string, filter: PartnerFilter, signal?: AbortSignal): Promise<number> {
  const asked = supabase().rpc("count_partners", { organization: organizationId, filters: wanted(filter) });
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked);
  if (error) throw toAppError(error);
  return data;
}

/** All of them or none; answers with what each was before, so that it can be taken back. */
async function bulkUpdate(organizationId: string, ids: readonly string[], change: BulkChange): Promise<BulkChanged[]> {
  const { data, error } = await supabase().rpc("bulk_update_partners", {
    organization: organizationId,
    partners: [...ids],
    changes: {
      ...(change.status !== undefined && { status: change.status }),
      ...(change.tier !== undefined && { tier: change.tier }),
      ...(change.ownerId !== undefined && { owner_id: change.ownerId }),
      ...(change.addTags && { add_tags: change.addTags }),
      ...(change.removeTags && { remove_tags: change.removeTags }),
    },
  });
  if (error) throw toAppError(error);
  return data.map(({ id, version, before }) => ({ id, version, before: beforeOf(before) }));
}

const bulkUpdateStatus = (organizationId: string, ids: readonly string[], status: string): Promise<BulkChanged[]> =>
  bulkUpdate(organizationId, ids, { status });

/** Puts partners away, or brings them back; answers with those that changed. */
async function archivePartners(organizationId: string, ids: readonly string[], archive: boolean): Promise<string[]> {
  const { data, error } = await supabase().rpc("archive_partners", {
    organization: organizationId,
    partners: [...ids],
    archive,
  });
  if (error) throw toAppError(error);
  return Array.isArray(data) ? data.filter((id) => typeof id === "string") : [];
}

export const partnerDirectoryService = {
  listPartners,
  listPartnersAfter,
  findPartners,
  getPartnersByIds,
  countPartners,
  bulkUpdate,
  bulkUpdateStatus,
  archivePartners,
  fetchSummaryMetrics,
};

async function readPage(
  organizationId: string,
  listing: PartnerListing,
  size: number,
  signal?: AbortSignal,
): Promise<Partner[]> {
  const { sort, descending, place } = listing;
  const asked = supabase()
    .rpc("partners_page", {
      organization: organizationId,
      filters: wanted(listing),
      sort,
      descending,
      backwards: place.backwards,
      page_size: size,
      ...(place.beside && { beside: place.beside }),
    })
    .select(partnerColumns);
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked);
  if (error) throw toAppError(error);
  return (data as unknown as PartnerRow[]).map(partnerOf);
}

function wanted({ text, statuses, tiers, domains, regions, tags, owner, archived }: PartnerFilter): Json {
  const lists = { statuses, tiers, domains, regions, tags };
  return {
    ...(text && { search: text }),
    ...Object.fromEntries(Object.entries(lists).filter(([, keys]) => keys.length > 0)),
    ...(owner && { owners: [owner] }),
    ...(archived && { archived }),
  };
}

function beforeOf(before: Json): BulkChanged["before"] {
  const row = before as { status: string; tier: string | null; owner_id: string | null; tags: string[] };
  return { status: row.status, tier: row.tier, ownerId: row.owner_id, tags: row.tags };
}
