// The ways into an organization. Each ends in it: the person works there from then on.
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { organizationKeys } from "../queries";
import { acceptInvitation, acceptMyInvitation, createOrganization } from "../services/organization-service";
import { chooseInTab } from "../tab-choice";

async function enter(queryClient: QueryClient, organizationId: string): Promise<void> {
  chooseInTab(organizationId);
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: organizationKeys.mine }),
    queryClient.invalidateQueries({ queryKey: organizationKeys.invitations }),
  ]);
}

/** What every way has in common: said at once when there is no network, and done when the person is inside. */
function useEntering(act: (input: string) => Promise<string>) {
  const queryClient = useQueryClient();
  return useMutation<string, Error, string>({
    mutationFn: act,
    onSuccess: (organizationId) => enter(queryClient, organizationId),
    networkMode: "always",
  });
}

export const useCreateOrganization = () => useEntering(createOrganization);
export const useAcceptInvitation = () => useEntering(acceptInvitation);
export const useAcceptMyInvitation = () => useEntering(acceptMyInvitation);
