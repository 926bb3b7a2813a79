import { useMutation, useQueryClient } from "@tanstack/react-query";
import { leaveSession } from "@/features/auth";
import { accountQuery, sessionsQuery } from "../queries";
import {
  changeEmail,
  changePassword,
  endSession,
  resendEmailChange,
  signOutElsewhere,
  signOutEverywhere,
} from "../services/security-service";

// "Offline" is said at once, instead of waiting in silence for the network.
const atOnce = { networkMode: "always" } as const;

export function useChangeEmail() {
  const queryClient = useQueryClient();
  return useMutation<void, Error, string>({
    mutationFn: changeEmail,
    onSuccess: () => queryClient.invalidateQueries(accountQuery()),
    ...atOnce,
  });
}

export const useResendEmailChange = () =>
  useMutation<void, Error, string>({ mutationFn: resendEmailChange, ...atOnce });

export function useChangePassword() {
  const queryClient = useQueryClient();
  return useMutation<void, Error, { current: string; password: string }>({
    mutationFn: ({ current, password }) => changePassword(current, password),
    onSuccess: () => queryClient.invalidateQueries(sessionsQuery()),
    ...atOnce,
  });
}

export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation<void, Error, string>({
    mutationFn: endSession,
    onSettled: () => queryClient.invalidateQueries(sessionsQuery()),
    ...atOnce,
  });
}

/** For dialogs, which show a refusal themselves. */
export function useSignOuts() {
  const queryClient = useQueryClient();
  return {
    signOutElsewhere: async () => {
      await signOutElsewhere();
      await queryClient.invalidateQueries(sessionsQuery());
    },
    signOutEverywhere: () => leaveSession(signOutEverywhere),
  };
}
