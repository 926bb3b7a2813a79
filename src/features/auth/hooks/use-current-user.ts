// Who is signed in: one subscription for the whole app, however many components ask.
import { useSyncExternalStore } from "react";
import { watchUser } from "../services/auth-service";
import type { CurrentUser } from "../types";

let current: CurrentUser;
let end: (() => void) | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  end ??= watchUser((user) => {
    // A refreshed token is the same person: nothing on the screen has to change.
    if (current !== undefined && current?.id === user?.id && current?.email === user?.email) return;
    current = user;
    for (const each of listeners) each();
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    end?.();
    end = null;
  };
}

export function useCurrentUser(): CurrentUser {
  return useSyncExternalStore(subscribe, () => current);
}
