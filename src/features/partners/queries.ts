import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { filterOf } from "./filter";
import { getChoices } from "./services/choices-service";
import { getCommissionTerms } from "./services/commission-terms-service";
import { EVENTS_AT_ONCE } from "./services/partner-activity-service";
import { partnerDirectoryService } from "./services/partner-directory-service";
import { REFERRALS_AT_ONCE } from "./services/partner-referral-service";
import { partnerWorkspaceService } from "./services/partner-workspace-service";
import { getPeople, getPerson } from "./services/people-service";
import type { ActivityEvent, ActivityFilter, PartnerListing, Referral } from "./types";

/** What belongs to a partner, each part with answers of its own. */
export type PartnerPart = "tasks" | "referrals" | "docs" | "activity" | "figures" | "commission";

export const partnerKeys = {
  /** What keys are called and who people are: apart, because a change of a partner changes nothing of it. */
  words: (organizationId: string) => ["partner words", organizationId] as const,
  of: (organizationId: string) => ["partners", organizationId] as const,
  lists: (organizationId: string) => ["partners", organizationId, "list"] as const,
  list: (organizationId: string, listing: PartnerListing) => ["partners", organizationId, "list", listing] as const,
  all: (organizationId: string) => ["partners", organizationId, "partner"] as const,
  partner: (organizationId: string, id: string) => ["partners", organizationId, "partner", id] as const,
  part: (organizationId: string, id: string, part: PartnerPart) =>
    ["partners", organizationId, "partner", id, part] as const,
};

export const partnersQuery = (organizationId: string, listing: PartnerListing) =>
  queryOptions({
    queryKey: partnerKeys.list(organizationId, listing),
    queryFn: ({ signal }) => partnerDirectoryService.listPartners(organizationId, listing, signal),
    // The rows of before stand while the next ones are on their way, but never those of another organization.
    placeholderData: (before, query) => (query?.queryKey[1] === organizationId ? keepPreviousData(before) : undefined),
  });

/** Beside the page, which does not wait for it. */
export const partnerCountQuery = (organizationId: string, listing: PartnerListing) => {
  const filter = filterOf(listing);
  return queryOptions({
    queryKey: [...partnerKeys.of(organizationId), "count", filter] as const,
    queryFn: ({ signal }) => partnerDirectoryService.countPartners(organizationId, filter, signal),
  });
};

export const partnerQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: partnerKeys.partner(organizationId, id),
    queryFn: ({ signal }) => partnerWorkspaceService.getPartnerById(organizationId, id, signal),
  });

export const summaryQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...partnerKeys.of(organizationId), "summary"] as const,
    queryFn: ({ signal }) => partnerDirectoryService.fetchSummaryMetrics(organizationId, signal),
  });

export const figuresQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: partnerKeys.part(organizationId, id, "figures"),
    queryFn: ({ signal }) => partnerWorkspaceService.getPartnerFigures(organizationId, id, signal),
  });

export const tasksQuery = (organizationId: string, id: string, which: "open" | "done") =>
  queryOptions({
    queryKey: [...partnerKeys.part(organizationId, id, "tasks"), which] as const,
    queryFn: ({ signal }) => partnerWorkspaceService.getPartnerTasks(organizationId, id, which, signal),
  });

export const referralsQuery = (organizationId: string, id: string) =>
  infiniteQueryOptions({
    queryKey: partnerKeys.part(organizationId, id, "referrals"),
    queryFn: ({ pageParam, signal }) =>
      partnerWorkspaceService.getPartnerReferrals(organizationId, id, pageParam, signal),
    initialPageParam: null as Pick<Referral, "id" | "referredAt"> | null,
    getNextPageParam: (page) => (page.length === REFERRALS_AT_ONCE ? page.at(-1) : undefined),
  });

export const docsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: partnerKeys.part(organizationId, id, "docs"),
    queryFn: ({ signal }) => partnerWorkspaceService.getPartnerDocs(organizationId, id, signal),
  });

export const activityQuery = (organizationId: string, id: string, filter: ActivityFilter) =>
  infiniteQueryOptions({
    queryKey: [...partnerKeys.part(organizationId, id, "activity"), filter] as const,
    queryFn: ({ pageParam, signal }) =>
      partnerWorkspaceService.getPartnerActivity(organizationId, id, filter, pageParam, signal),
    initialPageParam: null as Pick<ActivityEvent, "id" | "occurredAt"> | null,
    getNextPageParam: (page) => (page.length === EVENTS_AT_ONCE ? page.at(-1) : undefined),
  });

export const activityFacetsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...partnerKeys.words(organizationId), "activity facets"],
    queryFn: ({ signal }) => partnerWorkspaceService.getActivityFacets(organizationId, signal),
    staleTime: 60_000,
  });

export const commissionTermsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: partnerKeys.part(organizationId, id, "commission"),
    queryFn: ({ signal }) => getCommissionTerms(organizationId, id, signal),
  });

export const choicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...partnerKeys.words(organizationId), "choices"],
    queryFn: ({ signal }) => getChoices(organizationId, signal),
    staleTime: 60_000,
  });

export const personQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: [...partnerKeys.words(organizationId), "person", id],
    queryFn: ({ signal }) => getPerson(organizationId, id, signal),
    staleTime: 60_000,
  });

export const peopleQuery = (organizationId: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: [...partnerKeys.words(organizationId), "people", ids],
    queryFn: ({ signal }) => getPeople(organizationId, ids, signal),
    staleTime: 60_000,
  });
