import { queryOptions } from "@tanstack/react-query";
import type { Permission } from "@/shared/lib/permissions";
import { getFigures } from "./services/figures-service";
import { getMissingRight } from "./services/missing-right-service";
import { getMyInvitations, getMyOrganizations } from "./services/organization-service";
import type { Can } from "./types";

/** Rights can end at any time: they are asked for again with the next page that is opened after this long. */
const RIGHTS_STALE_MS = 20_000;
const RIGHTS_REFRESH_MS = 60_000;

export const organizationKeys = {
  mine: ["organizations", "mine"] as const,
  invitations: ["organizations", "my-invitations"] as const,
  figures: (organizationId: string, withInvitations: boolean) =>
    ["organizations", organizationId, "figures", { withInvitations }] as const,
  missingRight: (organizationId: string, permission: Permission) =>
    ["organizations", organizationId, "missing-right", permission] as const,
};

export const myOrganizationsQuery = () =>
  queryOptions({
    queryKey: organizationKeys.mine,
    queryFn: ({ signal }) => getMyOrganizations(signal),
    staleTime: RIGHTS_STALE_MS,
    refetchInterval: RIGHTS_REFRESH_MS,
  });

export const myInvitationsQuery = () =>
  queryOptions({
    queryKey: organizationKeys.invitations,
    queryFn: ({ signal }) => getMyInvitations(signal),
  });

export const missingRightQuery = (organizationId: string, permission: Permission) =>
  queryOptions({
    queryKey: organizationKeys.missingRight(organizationId, permission),
    queryFn: ({ signal }) => getMissingRight(organizationId, permission, signal),
  });

export const organizationFiguresQuery = (organizationId: string, can: Can) => {
  const withInvitations = can("members.manage") === "all";
  return queryOptions({
    queryKey: organizationKeys.figures(organizationId, withInvitations),
    queryFn: ({ signal }) => getFigures(organizationId, { withInvitations }, signal),
    enabled: can("members.read") !== false,
    staleTime: 60_000,
  });
};
