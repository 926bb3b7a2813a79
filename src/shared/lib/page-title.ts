import { useEffect, useSyncExternalStore } from "react";

const PRODUCT = "Partner workspace";

let shown: string | null = null;
const listeners = new Set<() => void>();

/** What the tab, a screen reader and the way to the page call it. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    show(title);
    return () => show(null);
  }, [title]);
}

/** Null before the page that is shown has said so. */
export function useShownTitle(): string | null {
  return useSyncExternalStore(subscribe, () => shown);
}

function show(title: string | null): void {
  shown = title;
  document.title = title === null ? PRODUCT : `${title} · ${PRODUCT}`;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
