// Signing in and out, and who is signed in now.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { CurrentUser } from "../types";

export async function signIn(email: string, password: string): Promise<void> {
  const { error } = await supabase().auth.signInWithPassword({ email: email.trim(), password });
  if (error) throw toAppError(error);
}

/** On this device. It leaves the session here also when the server cannot be told, so there is nothing that could fail. */
export async function signOut(): Promise<void> {
  await supabase().auth.signOut({ scope: "local" });
}

/** Calls back with who is signed in, now and at every change; returns what ends it. */
export function watchUser(listener: (user: CurrentUser) => void): () => void {
  const { data } = supabase().auth.onAuthStateChange((_event, session) => {
    listener(session ? { id: session.user.id, email: session.user.email ?? "" } : null);
  });
  return () => data.subscription.unsubscribe();
}
