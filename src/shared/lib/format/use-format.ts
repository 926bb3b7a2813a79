// The person's format, for every component. How to use it stands in format.ts.
import { useSyncExternalStore } from "react";
import { createFormat, type Format, type FormatPreferences } from "./format";

let preferences: FormatPreferences = { locale: null, timeZone: null };
let format = createFormat(preferences);
const listeners = new Set<() => void>();

export function useFormat(): Format {
  return useSyncExternalStore(subscribe, () => format);
}

/** Called with the person's profile, and with nothing but nulls when they leave. */
export function adoptFormat(next: FormatPreferences): void {
  if (next.locale === preferences.locale && next.timeZone === preferences.timeZone) return;
  preferences = next;
  format = createFormat(next);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
