import { useMutation, useQueryClient } from "@tanstack/react-query";
import { signOut } from "../services/auth-service";

export function useSignOut() {
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: signOut,
    networkMode: "always",
    // The next person at this device sees nothing of the last one's.
    onSettled: () => queryClient.clear(),
  });
  return { signOut: () => mutate(), isPending };
}
