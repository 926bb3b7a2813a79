import { useQueryClient } from "@tanstack/react-query";
import { partnerKeys, partnerQuery } from "../queries";
import { changedFields } from "../save-partner";
import { partnerWorkspaceService } from "../services/partner-workspace-service";
import type { Partner, PartnerFields } from "../types";
import { useClientKey } from "./use-client-key";

export function useCreatePartner(organizationId: string) {
  const queryClient = useQueryClient();
  const key = useClientKey();
  return async (fields: PartnerFields): Promise<Partner> => {
    const made = await partnerWorkspaceService.createPartner(organizationId, fields, key.get());
    // Made by an attempt whose answer was lost: what was corrected since then is not lost with it.
    const corrected = changedFields(made, fields);
    const partner =
      Object.keys(corrected).length > 0
        ? await partnerWorkspaceService.updatePartner(organizationId, made.id, corrected, made.version)
        : made;
    key.renew();
    queryClient.setQueryData(partnerQuery(organizationId, partner.id).queryKey, partner);
    void queryClient.invalidateQueries({ queryKey: partnerKeys.lists(organizationId) });
    return partner;
  };
}
