// The chosen theme: kept on this device, following the system as long as nothing else is chosen. public/theme.js does the
// same before the first paint.
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";

const KEY = "theme";
const listeners = new Set<() => void>();
const choiceListeners = new Set<(theme: Theme) => void>();
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
let chosen = read();

// Following the system, public/theme.js and the page itself have done all of it.
if (chosen !== "system") apply();
systemDark.addEventListener("change", apply);
// Chosen in another tab: this one follows.
window.addEventListener("storage", ({ key }) => {
  if (key === KEY) use(read());
});

/** The person chose it, here and now. */
export function chooseTheme(theme: Theme): void {
  adoptTheme(theme);
  for (const listener of choiceListeners) listener(theme);
}

/** Calls back with each choice made on this page; returns what ends it. */
export function watchChosenTheme(listener: (theme: Theme) => void): () => void {
  choiceListeners.add(listener);
  return () => choiceListeners.delete(listener);
}

/** The person chose it earlier, maybe on another device. */
export function adoptTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as this page.
  }
  use(theme);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => chosen);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

function use(theme: Theme): void {
  // What stands already is not measured again: reading the colour makes the browser lay the whole page out at once.
  if (theme === chosen) return;
  chosen = theme;
  apply();
  for (const listener of listeners) listener();
}

function apply(): void {
  const dark = chosen === "dark" || (chosen === "system" && systemDark.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  // The browser's own bar around the page follows what was chosen here, and not the system.
  const { backgroundColor } = getComputedStyle(document.documentElement);
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'))
    meta.content = backgroundColor;
}
