// Who is signed in: one subscription for the whole app, however many components ask.
import { useSyncExternalStore } from "react";
import { forgetHeadings } from "@/shared/lib/page-heading";
import { signOut, watchUser } from "../services/auth-service";
import type { CurrentUser, Session } from "../types";
import { forgetRecovery, isRecovering, rememberRecovery } from "./recovery";

let session: Session = { user: undefined, over: null, recovering: false };
let leaving = false;
let stopWatching: (() => void) | null = null;
const listeners = new Set<() => void>();

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

/** The person asked for it. */
export async function leaveSession(end: () => Promise<void> = signOut): Promise<void> {
  leaving = true;
  try {
    await end();
  } catch (error) {
    leaving = false;
    throw error;
  }
}

/** The server no longer accepts it. */
export async function endSession(): Promise<void> {
  if (session.user) await signOut();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stopWatching ??= watchUser(change);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopWatching?.();
    stopWatching = null;
  };
}

function change(user: CurrentUser, event: "recovery" | "updated" | "other"): void {
  const before = session.user;
  if (user && event === "recovery") rememberRecovery(user.id);
  else if (!user || event === "updated") forgetRecovery();
  if (!user) forgetHeadings();
  const recovering = user ? isRecovering(user.id) : false;
  // A refreshed token is the same person: nothing on the screen has to change.
  const same = before?.id === user?.id && before?.email === user?.email;
  if (before !== undefined && same && recovering === session.recovering) return;
  session = { user, over: before && !user ? (leaving ? "left" : "ended") : null, recovering };
  leaving = false;
  for (const each of listeners) each();
}
