import { useMutation } from "@tanstack/react-query";
import { signIn } from "../services/auth-service";

interface Credentials {
  email: string;
  password: string;
}

export function useSignIn() {
  const { mutate, isPending, error } = useMutation<void, Error, Credentials>({
    mutationFn: ({ email, password }) => signIn(email, password),
    // "Offline" is said at once and the form kept, instead of waiting in silence for the network.
    networkMode: "always",
  });
  return { signIn: mutate, isPending, error };
}
