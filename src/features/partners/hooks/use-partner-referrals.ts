import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownWrites } from "@/shared/lib/live/own-writes";
import { partnerKeys, referralsQuery } from "../queries";
import { partnerWorkspaceService } from "../services/partner-workspace-service";
import type { Choice, Outcome, Referral, ReferralFields } from "../types";

export function usePartnerReferrals(organizationId: string, partnerId: string) {
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(referralsQuery(organizationId, partnerId));
  const data = useMemo(() => query.data?.pages.flat(), [query.data]);
  const mutations = useMemo(
    () => mutationsOf(organizationId, partnerId, queryClient),
    [organizationId, partnerId, queryClient],
  );
  return {
    data,
    isLoading: query.isPending,
    isFetching: query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
    more: query.hasNextPage ? { isBusy: query.isFetchingNextPage, load: () => void query.fetchNextPage() } : null,
    mutations,
  };
}

function mutationsOf(organizationId: string, partnerId: string, queryClient: QueryClient) {
  const { queryKey } = referralsQuery(organizationId, partnerId);
  /** A referral is on the timeline and in the figures too. */
  const readAgain = () => queryClient.invalidateQueries({ queryKey: partnerKeys.of(organizationId) });

  return ownWrites({
    async create(fields: ReferralFields, clientKey: string): Promise<Referral> {
      const referral = await partnerWorkspaceService.createPartnerReferral(
        organizationId,
        partnerId,
        fields,
        clientKey,
      );
      void readAgain();
      return referral;
    },
    async update(seen: Referral, fields: ReferralFields): Promise<Referral> {
      try {
        return await partnerWorkspaceService.updateReferral(organizationId, seen, fields);
      } finally {
        void readAgain();
      }
    },
    /** Seen at once, and as before where the database refuses it. Answers with the new version. */
    async advance(referral: Pick<Referral, "id" | "version">, stage: Choice, reason: string | null): Promise<number> {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      queryClient.setQueryData(queryKey, (pages: InfiniteData<Referral[], unknown> | undefined) => {
        const moved = pages && {
          ...pages,
          pages: pages.pages.map((page) =>
            page.map((each) =>
              each.id === referral.id
                ? { ...each, status: stage.key, outcome: (stage.meaning ?? "open") as Outcome }
                : each,
            ),
          ),
        };
        return moved as typeof before;
      });
      try {
        return await partnerWorkspaceService.advanceReferral(organizationId, referral, stage.key, reason);
      } catch (error) {
        queryClient.setQueryData(queryKey, before);
        throw error;
      } finally {
        void readAgain();
      }
    },
  });
}

export type ReferralMutations = ReturnType<typeof mutationsOf>;
