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

/** What happened to the session: `recovery` when it began with the link of somebody who forgot their password. */
type SessionEvent = "recovery" | "updated" | "other";

/** Calls back with who is signed in, now and at every change; returns what ends it. */
export function watchUser(listener: (user: CurrentUser, event: SessionEvent) => void): () => void {
  const { data } = supabase().auth.onAuthStateChange((event, session) => {
    const user = session && { id: session.user.id, email: session.user.email ?? "" };
    listener(user, event === "PASSWORD_RECOVERY" ? "recovery" : event === "USER_UPDATED" ? "updated" : "other");
  });
  return () => data.subscription.unsubscribe();
}
