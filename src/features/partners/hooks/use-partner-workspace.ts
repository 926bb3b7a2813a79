// One partner, what belongs to it, and what can be done with it.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownWrites } from "@/shared/lib/live/own-writes";
import { derivedFrom } from "../derived-metrics";
import { figuresQuery, partnerKeys, partnerQuery } from "../queries";
import { savePartner } from "../save-partner";
import { partnerDirectoryService } from "../services/partner-directory-service";
import type { Partner, PartnerFields } from "../types";

export function usePartnerWorkspace(organizationId: string, partnerId: string) {
  const queryClient = useQueryClient();
  const partner = useQuery(partnerQuery(organizationId, partnerId));
  const { data: figures } = useQuery({
    ...figuresQuery(organizationId, partnerId),
    // Not for what is no partner.
    enabled: partner.data !== undefined,
  });
  const metrics = useMemo(() => figures && { ...figures, ...derivedFrom(figures) }, [figures]);
  const mutations = useMemo(
    () => mutationsOf(organizationId, partnerId, queryClient),
    [organizationId, partnerId, queryClient],
  );
  return {
    data: partner.data,
    /** Undefined while they are on their way, and where they could not be had: the page stands without them. */
    metrics,
    isLoading: partner.isPending,
    isFetching: partner.isFetching,
    error: partner.error,
    retry: () => void partner.refetch(),
    mutations,
  };
}

function mutationsOf(organizationId: string, partnerId: string, queryClient: QueryClient) {
  const { queryKey } = partnerQuery(organizationId, partnerId);
  const readAgain = () => queryClient.invalidateQueries({ queryKey: partnerKeys.of(organizationId) });
  return ownWrites({
    /** Sends only what was changed, against what was seen; see savePartner for what happens when others were there. */
    async update(seen: Partner, changes: Partial<PartnerFields>): Promise<Partner> {
      try {
        const saved = await savePartner(organizationId, seen, changes);
        queryClient.setQueryData(queryKey, saved);
        return saved;
      } finally {
        void readAgain();
      }
    },
    async archive(archive: boolean): Promise<void> {
      await partnerDirectoryService.archivePartners(organizationId, [partnerId], archive);
      await readAgain();
    },
  });
}

export type PartnerMetrics = NonNullable<ReturnType<typeof usePartnerWorkspace>["metrics"]>;
export type PartnerMutations = ReturnType<typeof mutationsOf>;
