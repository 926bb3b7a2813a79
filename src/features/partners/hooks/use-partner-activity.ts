import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownWrites } from "@/shared/lib/live/own-writes";
import { activityFacetsQuery, activityQuery, partnerKeys } from "../queries";
import { partnerWorkspaceService } from "../services/partner-workspace-service";
import type { ActivityFilter, InteractionFields } from "../types";

export function usePartnerActivity(organizationId: string, partnerId: string, filter: ActivityFilter) {
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(activityQuery(organizationId, partnerId, filter));
  const { data: facets } = useQuery(activityFacetsQuery(organizationId));
  const events = useMemo(() => query.data?.pages.flat(), [query.data]);
  const mutations = useMemo(
    () =>
      ownWrites({
        async log(fields: InteractionFields, clientKey: string): Promise<void> {
          await partnerWorkspaceService.logInteraction(organizationId, partnerId, fields, clientKey);
          void queryClient.invalidateQueries({ queryKey: partnerKeys.partner(organizationId, partnerId) });
        },
      }),
    [organizationId, partnerId, queryClient],
  );
  return {
    data: events,
    facets,
    isLoading: query.isPending,
    isFetching: query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
    more: query.hasNextPage ? { isBusy: query.isFetchingNextPage, load: () => void query.fetchNextPage() } : null,
    mutations,
  };
}
