import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { filterOf } from "./filter";
import { getChoices } from "./services/choices-service";
import { partnerDirectoryService } from "./services/partner-directory-service";
import { partnerWorkspaceService } from "./services/partner-workspace-service";
import { getPerson } from "./services/people-service";
import type { PartnerListing } from "./types";

export const partnerKeys = {
  of: (organizationId: string) => ["partners", organizationId] as const,
  lists: (organizationId: string) => ["partners", organizationId, "list"] as const,
  list: (organizationId: string, listing: PartnerListing) => ["partners", organizationId, "list", listing] as const,
  partner: (organizationId: string, id: string) => ["partners", organizationId, "partner", id] as const,
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

export const choicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ["partners", organizationId, "choices"],
    queryFn: ({ signal }) => getChoices(organizationId, signal),
    staleTime: 60_000,
  });

export const personQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: ["partners", organizationId, "person", id],
    queryFn: ({ signal }) => getPerson(organizationId, id, signal),
    staleTime: 60_000,
  });
