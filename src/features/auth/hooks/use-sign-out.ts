import { useMutation } from "@tanstack/react-query";
import { leaveSession } from "./use-session";

export function useSignOut() {
  const { mutate, isPending } = useMutation({ mutationFn: leaveSession, networkMode: "always" });
  return { signOut: () => mutate(), isPending };
}
