// The directory's data and what can be done in it. Changes are seen at once, and taken back where the database refuses them.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownWrites } from "@/shared/lib/live/own-writes";
import { showToast } from "@/shared/ui/toast";
import { undoOf } from "../bulk";
import { totalsOf } from "../derived-metrics";
import { partnerCountQuery, partnerKeys, partnersQuery, summaryQuery } from "../queries";
import { partnerDirectoryService } from "../services/partner-directory-service";
import type { BulkChange, Partner, PartnerListing, PartnerPage, Person } from "../types";

/** What is changed, and what is said about it. */
export interface BulkDeed {
  change: BulkChange;
  /** Of the new owner, to be shown before the list is read again. */
  owner?: Person | null;
  /** After "3 partners": "are now Active". */
  told: string;
}

export function usePartnersDirectory(organizationId: string, listing: PartnerListing) {
  const queryClient = useQueryClient();
  const page = useQuery(partnersQuery(organizationId, listing));
  const { data: total } = useQuery(partnerCountQuery(organizationId, listing));
  const mutations = useMemo(() => mutationsIn(organizationId, queryClient), [organizationId, queryClient]);
  const { data: figures, error: figuresError } = useQuery(summaryQuery(organizationId));
  const data = useMemo(() => page.data && { ...page.data, total }, [page.data, total]);
  const summary = useMemo(() => figures && { ...figures, pipeline: totalsOf(figures.pipeline) }, [figures]);
  return {
    data,
    summary,
    /** The list is shown all the same. */
    summaryError: figuresError,
    isLoading: page.isPending,
    isFetching: page.isFetching,
    error: page.error,
    retry: () => void page.refetch(),
    mutations,
  };
}

function mutationsIn(organizationId: string, queryClient: QueryClient) {
  const lists = { queryKey: partnerKeys.lists(organizationId) };
  const readAgain = () => queryClient.invalidateQueries({ queryKey: partnerKeys.of(organizationId) });

  /** Shows the change before it is made; answers with how to take that back. */
  async function showAlready(ids: readonly string[], changed: (partner: Partner) => Partner | null) {
    await queryClient.cancelQueries(lists);
    const before = queryClient.getQueriesData<PartnerPage>(lists);
    const touched = new Set(ids);
    queryClient.setQueriesData<PartnerPage>(
      lists,
      (page) =>
        page && {
          ...page,
          partners: page.partners.flatMap((partner) => (touched.has(partner.id) ? (changed(partner) ?? []) : partner)),
        },
    );
    return () => {
      for (const [key, page] of before) queryClient.setQueryData(key, page);
    };
  }

  async function inOneGo<Answer>(
    ids: readonly string[],
    changed: (partner: Partner) => Partner | null,
    act: () => Promise<Answer>,
  ): Promise<Answer> {
    const takeBack = await showAlready(ids, changed);
    try {
      return await act();
    } catch (error) {
      takeBack();
      throw error;
    } finally {
      void readAgain();
    }
  }

  return ownWrites({
    async bulkUpdate(ids: readonly string[], { change, owner, told }: BulkDeed): Promise<void> {
      const reached = await inOneGo(
        ids,
        (partner) => withChange(partner, change, owner),
        () => partnerDirectoryService.bulkUpdate(organizationId, ids, change),
      );
      showToast({
        tone: "good",
        title: `${partnersIn(reached.length)} ${told}`,
        undo: async () => {
          try {
            for (const step of undoOf(reached, change))
              await partnerDirectoryService.bulkUpdate(organizationId, step.ids, step.change);
          } finally {
            await readAgain();
          }
          showToast({ tone: "good", title: `${partnersIn(reached.length)} as before` });
        },
      });
    },
    async archive(ids: readonly string[], archive: boolean): Promise<void> {
      const changed = await inOneGo(
        ids,
        () => null,
        () => partnerDirectoryService.archivePartners(organizationId, ids, archive),
      );
      showToast({
        tone: "good",
        title: `${partnersIn(changed.length)} ${archive ? "archived" : "brought back"}`,
        undo: async () => {
          try {
            await partnerDirectoryService.archivePartners(organizationId, changed, !archive);
          } finally {
            await readAgain();
          }
          showToast({
            tone: "good",
            title: `${partnersIn(changed.length)} ${archive ? "brought back" : "archived again"}`,
          });
        },
      });
    },
  });
}

export type DirectoryMutations = ReturnType<typeof mutationsIn>;

function withChange(partner: Partner, change: BulkChange, owner: Person | null | undefined): Partner {
  const { status, tier, ownerId, addTags = [], removeTags = [] } = change;
  return {
    ...partner,
    ...(status !== undefined && { status }),
    ...(tier !== undefined && { tier }),
    ...(ownerId !== undefined && { owner: owner ?? null }),
    tags: [...new Set([...partner.tags, ...addTags])].filter((tag) => !removeTags.includes(tag)),
  };
}

const partnersIn = (count: number): string => (count === 1 ? "1 partner" : `${count} partners`);
