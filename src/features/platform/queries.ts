import { queryOptions } from "@tanstack/react-query";
import { getPlatformOrganizations } from "./services/platform-service";

export const platformKeys = { organizations: ["platform", "organizations"] as const };

export const platformOrganizationsQuery = () =>
  queryOptions({
    queryKey: platformKeys.organizations,
    queryFn: ({ signal }) => getPlatformOrganizations(signal),
    staleTime: 60_000,
  });
