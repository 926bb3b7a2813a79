import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { getInvitations } from "./services/invitation-service";
import { countMembers, countSeats, getMembers } from "./services/member-service";
import type { MemberFilter } from "./types";

export const memberKeys = {
  of: (organizationId: string) => ["members", organizationId] as const,
  page: (organizationId: string, filter: MemberFilter) => ["members", organizationId, "page", filter] as const,
  count: (organizationId: string, { text, role, status }: MemberFilter) =>
    ["members", organizationId, "count", { text, role, status }] as const,
  seats: (organizationId: string) => ["members", organizationId, "seats"] as const,
  invitations: (organizationId: string) => ["members", organizationId, "invitations"] as const,
};

export const membersQuery = (organizationId: string, filter: MemberFilter) =>
  queryOptions({
    queryKey: memberKeys.page(organizationId, filter),
    queryFn: ({ signal }) => getMembers(organizationId, filter, signal),
    // The rows of before stand while the next ones are on their way, but never those of another organization.
    placeholderData: (before, query) => (query?.queryKey[1] === organizationId ? keepPreviousData(before) : undefined),
  });

/** Beside the page, which does not wait for it. */
export const memberCountQuery = (organizationId: string, filter: MemberFilter) =>
  queryOptions({
    queryKey: memberKeys.count(organizationId, filter),
    queryFn: ({ signal }) => countMembers(organizationId, filter, signal),
  });

export const seatsQuery = (organizationId: string, seesInvitations: boolean) =>
  queryOptions({
    queryKey: [...memberKeys.seats(organizationId), seesInvitations],
    queryFn: ({ signal }) => countSeats(organizationId, seesInvitations, signal),
  });

export const invitationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: memberKeys.invitations(organizationId),
    queryFn: ({ signal }) => getInvitations(organizationId, signal),
  });
