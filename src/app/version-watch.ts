// Whether a newer version of the app is in place than the one that runs here. The build names itself in the page and in a
// file beside it; the file is asked for when somebody comes back to the window, every few minutes, and when a part is missing.
import { useSyncExternalStore } from "react";

const EVERY_MS = 5 * 60_000;
const AT_MOST_EVERY_MS = 30_000;

interface VersionWatchOptions {
  /** The version that runs here; null where nothing was built, as in development. */
  running: string | null;
  /** The version that is in place now. */
  ask(): Promise<string | null>;
  now?: () => number;
}

export class VersionWatch {
  private newer = false;
  private askedAt = Number.NEGATIVE_INFINITY;
  private readonly listeners = new Set<() => void>();
  private readonly options: VersionWatchOptions;

  constructor(options: VersionWatchOptions) {
    this.options = options;
  }

  readonly isNewer = (): boolean => this.newer;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Asks unless that was done a moment ago. */
  readonly check = async (): Promise<void> => {
    const now = (this.options.now ?? Date.now)();
    if (now - this.askedAt < AT_MOST_EVERY_MS) return;
    this.askedAt = now;
    await this.checkNow();
  };

  /** For when there is a reason to think so, such as a part of the app that is gone. */
  readonly checkNow = async (): Promise<void> => {
    const { running, ask } = this.options;
    if (running === null || this.newer) return;
    // No answer is no news.
    const inPlace = await ask().catch(() => null);
    if (inPlace === null || inPlace === running) return;
    this.newer = true;
    for (const listener of this.listeners) listener();
  };

  /** Returns what ends it. */
  start(): () => void {
    const onReturn = () => {
      if (document.visibilityState === "visible") void this.check();
    };
    const onMissing = () => void this.checkNow();
    const timer = setInterval(this.check, EVERY_MS);
    window.addEventListener("focus", onReturn);
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener("vite:preloadError", onMissing);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener("vite:preloadError", onMissing);
    };
  }
}

export const version = new VersionWatch({
  running: document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? null,
  async ask() {
    const answer = await fetch("/version.json", { cache: "no-store" });
    const file: unknown = answer.ok ? await answer.json() : null;
    const named = typeof file === "object" && file !== null && "version" in file ? file.version : null;
    return typeof named === "string" ? named : null;
  },
});

export function useIsNewerVersion(watch: VersionWatch): boolean {
  return useSyncExternalStore(watch.subscribe, watch.isNewer);
}
