// Signing in and out, and who is signed in now.
import { AppError, toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { CurrentUser } from "../types";

export async function signIn(email: string, password: string): Promise<void> {
  const { error } = await supabase().auth.signInWithPassword({ email: email.trim(), password });
  if (error) throw toAppError(error);
}

export async function signOut(): Promise<void> {
  const { error } = await supabase().auth.signOut({ scope: "local" });
  // The session on this device is gone even when the server could not be told.
  if (error && toAppError(error).kind === "offline") throw new AppError("offline", { cause: error });
}

/** Calls back with who is signed in, now and at every change; returns what ends it. */
export function watchUser(listener: (user: CurrentUser) => void): () => void {
  const { data } = supabase().auth.onAuthStateChange((_event, session) => {
    listener(session ? { id: session.user.id, email: session.user.email ?? "" } : null);
  });
  return () => data.subscription.unsubscribe();
}
