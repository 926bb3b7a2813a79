import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { endsInRun } from "./runs";
import { getAuditFacets, getAuditPage, getChainState, getNames } from "./services/audit-service";
import type { AuditFilters, AuditPage } from "./types";

const PAGE_SIZE = 50;
/** What a page may grow to so that it does not end in the middle of a run. */
const LONGEST_PAGE = 1000;
const REST_SIZE = 200;
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
      wholePage((before, size) => getAuditPage({ organizationId, filters, before, size }, signal), pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: ({ events, hasOlder }) => (hasOlder ? events.at(-1)?.id : undefined),
  });

/** Does not end in the middle of what one transaction did many times: that would be told as less than it was. */
async function wholePage(
  read: (before: number | null, size: number) => Promise<AuditPage["events"]>,
  before: number | null,
): Promise<AuditPage> {
  const events = await read(before, PAGE_SIZE);
  let hasOlder = events.length === PAGE_SIZE;
  while (hasOlder && endsInRun(events) && events.length < LONGEST_PAGE) {
    const rest = await read(events.at(-1)?.id ?? null, REST_SIZE);
    events.push(...rest);
    hasOlder = rest.length === REST_SIZE;
  }
  return { events, hasOlder };
}

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
