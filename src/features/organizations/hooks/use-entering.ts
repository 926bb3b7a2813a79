// The ways into an organization. Each ends in it: the person works there from then on.
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useSession } from "@/features/auth";
import { rememberOrganization } from "@/features/profile";
import { organizationKeys } from "../queries";
import { acceptInvitation, acceptMyInvitation, createOrganization } from "../services/organization-service";
import { chooseInTab } from "../tab-choice";

async function enter(queryClient: QueryClient, userId: string, organizationId: string): Promise<void> {
  chooseInTab(userId, organizationId);
  // For other devices. That it is not remembered there stops nobody here.
  rememberOrganization(userId, organizationId).catch(() => {});
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: organizationKeys.mine }),
    queryClient.invalidateQueries({ queryKey: organizationKeys.invitations }),
  ]);
}

/** What every way has in common: said at once when there is no network, and done when the person is inside. */
function useEntering(act: (input: string) => Promise<string>) {
  const queryClient = useQueryClient();
  const { user } = useSession();
  return useMutation<string, Error, string>({
    mutationFn: act,
    onSuccess: (organizationId) => enter(queryClient, user?.id ?? "", organizationId),
    networkMode: "always",
  });
}

export const useCreateOrganization = () => useEntering(createOrganization);
export const useAcceptInvitation = () => useEntering(acceptInvitation);
export const useAcceptMyInvitation = () => useEntering(acceptMyInvitation);
