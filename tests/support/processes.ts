// Which processes belong to a data directory, read from the system's own list.
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

interface Process {
  pid: number;
  command: string;
}

/** Processes whose command line or parent chain names the folder; Linux only. */
export function processesOf(dataDir: string): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return command.includes(dataDir) ? [{ pid: Number(name), command }] : [];
      } catch {
        return [];
      }
    })
    .filter(({ pid }) => pid !== process.pid);
}

/** Asks again and again until it is so; the test's own time limit ends a wait that is in vain. */
export async function eventually<T>(look: () => T | Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    await delay(25);
  }
}
