import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownWrites } from "@/shared/lib/live/own-writes";
import { docsQuery, partnerKeys } from "../queries";
import { partnerWorkspaceService } from "../services/partner-workspace-service";
import type { DocFields, PartnerDoc } from "../types";

export function usePartnerDocs(organizationId: string, partnerId: string) {
  const queryClient = useQueryClient();
  const { data, isPending, isFetching, error, refetch } = useQuery(docsQuery(organizationId, partnerId));
  const mutations = useMemo(
    () => mutationsOf(organizationId, partnerId, queryClient),
    [organizationId, partnerId, queryClient],
  );
  return { data, isLoading: isPending, isFetching, error, retry: () => void refetch(), mutations };
}

function mutationsOf(organizationId: string, partnerId: string, queryClient: QueryClient) {
  const { queryKey } = docsQuery(organizationId, partnerId);
  const readAgain = () => queryClient.invalidateQueries({ queryKey: partnerKeys.partner(organizationId, partnerId) });
  return ownWrites({
    async add(fields: DocFields, clientKey: string): Promise<PartnerDoc> {
      const doc = await partnerWorkspaceService.addDocument(organizationId, partnerId, fields, clientKey);
      void readAgain();
      return doc;
    },
    async update(seen: PartnerDoc, fields: DocFields): Promise<PartnerDoc> {
      try {
        return await partnerWorkspaceService.updateDocument(organizationId, seen, fields);
      } finally {
        void readAgain();
      }
    },
    /** Gone from the list at once, and back where the database refuses it. Answers with how it stands now. */
    async archive(doc: PartnerDoc, archive: boolean): Promise<PartnerDoc> {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      if (archive) queryClient.setQueryData(queryKey, (list) => list?.filter(({ id }) => id !== doc.id));
      try {
        return await partnerWorkspaceService.archiveDocument(organizationId, doc, archive);
      } catch (error) {
        queryClient.setQueryData(queryKey, before);
        throw error;
      } finally {
        void readAgain();
      }
    },
    fileLink: (doc: PartnerDoc): Promise<string> => partnerWorkspaceService.getFileLink(organizationId, doc),
  });
}

export type DocMutations = ReturnType<typeof mutationsOf>;
