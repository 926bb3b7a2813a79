// Whether the sidebar shows icons alone. Without a choice it does where the window is narrow; a choice is kept on this device.
import { useSyncExternalStore } from "react";

const KEY = "sidebar";
const narrow = window.matchMedia("(max-width: 1023px)");
const listeners = new Set<() => void>();
let chosen = read();

export function useCollapsed() {
  const isCollapsed = useSyncExternalStore(subscribe, () => (chosen === null ? narrow.matches : chosen === "icons"));
  return { isCollapsed, toggle: () => choose(isCollapsed ? "wide" : "icons") };
}

type Choice = "wide" | "icons";

function choose(choice: Choice): void {
  chosen = choice;
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Without storage the choice lasts as long as this page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  narrow.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    narrow.removeEventListener("change", listener);
  };
}

function read(): Choice | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "wide" || stored === "icons" ? stored : null;
  } catch {
    return null;
  }
}
