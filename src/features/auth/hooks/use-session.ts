// Who is signed in: one subscription for the whole app, however many components ask.
import { useSyncExternalStore } from "react";
import { signOut, watchUser } from "../services/auth-service";
import type { CurrentUser, Session } from "../types";

let session: Session = { user: undefined, over: null };
let leaving = false;
let stopWatching: (() => void) | null = null;
const listeners = new Set<() => void>();

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

/** The person asked for it. */
export async function leaveSession(): Promise<void> {
  leaving = true;
  await signOut();
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

function change(user: CurrentUser): void {
  const before = session.user;
  // A refreshed token is the same person: nothing on the screen has to change.
  if (before !== undefined && before?.id === user?.id && before?.email === user?.email) return;
  session = { user, over: before && !user ? (leaving ? "left" : "ended") : null };
  leaving = false;
  for (const each of listeners) each();
}
