// What these pages ask of the server. "Offline" is said at once and the form kept, instead of waiting in silence for the network.
import { useMutation } from "@tanstack/react-query";
import {
  confirmByCode,
  requestPasswordReset,
  resendConfirmation,
  setNewPassword,
  signUp,
} from "../services/account-service";
import type { NewAccount } from "../types";

function useAction<Input = void>(mutationFn: (input: Input) => Promise<void>) {
  const { mutate, isPending, isSuccess, error } = useMutation<void, Error, Input>({
    mutationFn,
    networkMode: "always",
  });
  return { run: mutate, isPending, isSuccess, error };
}

export const useSignUp = (returnTo: string) => useAction((account: NewAccount) => signUp(account, returnTo));

export const useResendConfirmation = (returnTo: string) =>
  useAction((email: string) => resendConfirmation(email, returnTo));

export const useRequestPasswordReset = () => useAction(requestPasswordReset);

export const useConfirmByCode = (kind: "signup" | "recovery", email: string) =>
  useAction((code: string) => confirmByCode(kind, email, code));

export const useSetNewPassword = () => useAction(setNewPassword);
