import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { getAuditFacets, getAuditPage, getChainState, getNames } from "./services/audit-service";
import type { AuditFilters } from "./types";

const PAGE_SIZE = 50;
const CHAIN_REFRESH_MS = 30_000;

const auditKeys = {
  all: (organizationId: string) => ["audit", organizationId] as const,
  log: (organizationId: string, filters: AuditFilters) => [...auditKeys.all(organizationId), "log", filters] as const,
  facets: (organizationId: string) => [...auditKeys.all(organizationId), "facets"] as const,
  chain: (organizationId: string) => [...auditKeys.all(organizationId), "chain"] as const,
  names: (organizationId: string) => [...auditKeys.all(organizationId), "names"] as const,
};

export const auditLogQuery = (organizationId: string, filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: auditKeys.log(organizationId, filters),
    queryFn: ({ pageParam, signal }) =>
      getAuditPage({ organizationId, filters, before: pageParam, size: PAGE_SIZE }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE_SIZE ? undefined : page.at(-1)?.id),
  });

export const auditFacetsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: auditKeys.facets(organizationId),
    queryFn: ({ signal }) => getAuditFacets(organizationId, signal),
    staleTime: 60_000,
  });

export const chainStateQuery = (organizationId: string) =>
  queryOptions({
    queryKey: auditKeys.chain(organizationId),
    queryFn: ({ signal }) => getChainState(organizationId, signal),
    refetchInterval: CHAIN_REFRESH_MS,
  });

export const namesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: auditKeys.names(organizationId),
    queryFn: ({ signal }) => getNames(organizationId, signal),
    staleTime: 60_000,
  });
