import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { partnerKeys, partnerQuery } from "../queries";
import { changedFields } from "../save-partner";
import { partnerWorkspaceService } from "../services/partner-workspace-service";
import type { Partner, PartnerFields } from "../types";

/** One key for as long as the form stands: sent twice, or again after a lost answer, it makes one partner. */
export function useCreatePartner(organizationId: string) {
  const queryClient = useQueryClient();
  const key = useRef<string>(null);
  return async (fields: PartnerFields): Promise<Partner> => {
    key.current ??= crypto.randomUUID();
    const made = await partnerWorkspaceService.createPartner(organizationId, fields, key.current);
    // Made by an attempt whose answer was lost: what was corrected since then is not lost with it.
    const corrected = changedFields(made, fields);
    const partner =
      Object.keys(corrected).length > 0
        ? await partnerWorkspaceService.updatePartner(organizationId, made.id, corrected, made.version)
        : made;
    key.current = null;
    queryClient.setQueryData(partnerQuery(organizationId, partner.id).queryKey, partner);
    void queryClient.invalidateQueries({ queryKey: partnerKeys.lists(organizationId) });
    return partner;
  };
}
