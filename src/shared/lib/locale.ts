// How numbers and dates are written and read. The words of the app are English; their order and signs are the person's.
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let chosen: string | null = null;

/** What the person chose in their settings; null follows the browser. */
export function chooseLocale(locale: string | null): void {
  chosen = locale && isKnown(locale) ? locale : null;
  for (const listener of listeners) listener();
}

export function useLocale(): string {
  return useSyncExternalStore(subscribe, () => chosen ?? navigator.language);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isKnown(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}
