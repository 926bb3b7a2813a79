// The person's format, for every component. How to use it stands in format.ts.
import { useSyncExternalStore } from "react";
import { useLocale } from "../locale";
import { createFormat, type Format } from "./format";

let timeZone: string | null = null;
const listeners = new Set<() => void>();
const formats = new Map<string, Format>();

export function useFormat(): Format {
  const locale = useLocale();
  const zone = useSyncExternalStore(subscribe, () => timeZone);
  const key = `${locale} ${zone}`;
  const format = formats.get(key) ?? createFormat({ locale, timeZone: zone });
  formats.set(key, format);
  return format;
}

/** What the person chose in their settings; null follows the browser. */
export function chooseTimeZone(next: string | null): void {
  timeZone = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
