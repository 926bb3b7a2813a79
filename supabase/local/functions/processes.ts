// At most one process per function that takes requests; older ones finish what they have begun.
import type { FunctionProcess, Place } from "./function-process.ts";
import type { FunctionSettings } from "./settings.ts";

interface Processes {
  /** A place in the function's warm process, or in a fresh one when there is none, it is used up, or the sources changed. */
  placeIn(settings: FunctionSettings, version: number): Promise<Place>;
  close(): Promise<void>;
}

interface Entry {
  version: number;
  started: Promise<FunctionProcess>;
}

export function createProcesses(
  start: (settings: FunctionSettings, version: number, stopping: AbortSignal) => Promise<FunctionProcess>,
): Processes {
  const current = new Map<string, Entry>();
  const alive = new Set<FunctionProcess>();
  const stopping = new AbortController();

  const startEntry = (settings: FunctionSettings, version: number): Entry => {
    const started = start(settings, version, stopping.signal).then((process) => {
      alive.add(process);
      process.exited.then(() => alive.delete(process));
      return process;
    });
    const entry = { version, started };
    current.set(settings.name, entry);
    started.catch(() => forget(settings.name, entry));
    return entry;
  };

  const forget = (name: string, entry: Entry) => {
    if (current.get(name) === entry) current.delete(name);
  };

  return {
    async placeIn(settings, version) {
      for (;;) {
        if (stopping.signal.aborted) throw new Error("The stack is stopping.");
        const entry = current.get(settings.name) ?? startEntry(settings, version);
        const process = await entry.started;
        const place = entry.version >= version ? process.claim() : null;
        if (place) return place;
        forget(settings.name, entry);
        process.retire();
      }
    },
    async close() {
      stopping.abort();
      await Promise.allSettled([...current.values()].map((entry) => entry.started));
      await Promise.all([...alive].map((process) => process.exited));
    },
  };
}
