import { queryOptions } from "@tanstack/react-query";
import { getCatalogue, getRoleHolders, getRoles } from "./services/role-service";

const CATALOGUE_STALE_MS = 10 * 60_000;

export const roleKeys = {
  catalogue: ["roles", "catalogue"] as const,
  of: (organizationId: string) => ["roles", organizationId] as const,
  holders: (organizationId: string, roleId: string) => ["roles", organizationId, roleId, "holders"] as const,
};

export const rolesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: roleKeys.of(organizationId),
    queryFn: ({ signal }) => getRoles(organizationId, signal),
  });

export const catalogueQuery = () =>
  queryOptions({
    queryKey: roleKeys.catalogue,
    queryFn: ({ signal }) => getCatalogue(signal),
    staleTime: CATALOGUE_STALE_MS,
  });

export const roleHoldersQuery = (organizationId: string, roleId: string) =>
  queryOptions({
    queryKey: roleKeys.holders(organizationId, roleId),
    queryFn: ({ signal }) => getRoleHolders(organizationId, roleId, signal),
    staleTime: 0,
  });
