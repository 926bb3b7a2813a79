// Which organization this tab works in. Two tabs may work in two; a reload stays where it was.
import { useSyncExternalStore } from "react";

const KEY = "organization";
const listeners = new Set<() => void>();
let chosen = read();

export function useTabChoice(): string | null {
  return useSyncExternalStore(subscribe, () => chosen);
}

export function chooseInTab(organizationId: string): void {
  if (chosen === organizationId) return;
  chosen = organizationId;
  try {
    sessionStorage.setItem(KEY, organizationId);
  } catch {
    // Without storage the choice lasts as long as this page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
