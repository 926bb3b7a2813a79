// Which organization a person works in, in this tab. Two tabs may work in two; a reload stays where it was, and whoever signs
// in next at this device begins where they were last.
import { useSyncExternalStore } from "react";

const keyOf = (userId: string) => `organization:${userId}`;
const listeners = new Set<() => void>();
/** For a browser that keeps nothing: the choice lasts as long as this page. */
const unkept = new Map<string, string>();

export function useTabChoice(userId: string): string | null {
  return useSyncExternalStore(subscribe, () => read(userId));
}

export function chooseInTab(userId: string, organizationId: string): void {
  if (read(userId) === organizationId) return;
  try {
    sessionStorage.setItem(keyOf(userId), organizationId);
  } catch {
    unkept.set(userId, organizationId);
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(userId: string): string | null {
  try {
    return unkept.get(userId) ?? sessionStorage.getItem(keyOf(userId));
  } catch {
    return null;
  }
}
