// A file that one process at a time can hold. It names the process by its id and its beginning, because an id is given out again,
// and the folder by its number on the disk, because a copy of a folder holds a copy of the file.
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "./problem.ts";

interface Holder {
  pid: number;
  began: string;
  folder: number;
}

const ABANDONED_MS = 5000;

/** The process that holds the file and still lives. */
export function holderOfLock(file: string): number | null {
  return holderNamedIn(file) ?? null;
}

/** Null when it is stale or says nothing sensible, undefined when there is none. */
function holderNamedIn(file: string): number | null | undefined {
  try {
    const holder: Holder = JSON.parse(readFileSync(file, "utf8"));
    return holder.folder === folderOf(file) && holder.began === beginningOf(holder.pid) ? holder.pid : null;
  } catch (error) {
    return codeOf(error) === "ENOENT" ? undefined : null;
  }
}

/** Gives back what releases the file, or null while another process holds it. */
export function takeLock(file: string): (() => void) | null {
  const own = `${file}.${process.pid}`;
  const holder: Holder = { pid: process.pid, began: beginningOf(process.pid) ?? "", folder: folderOf(file) };
  try {
    // Written beside its place, so that nobody ever reads half of it.
    writeFileSync(own, JSON.stringify(holder), { mode: 0o644 });
    while (!linked(own, file)) {
      if (holderOfLock(file)) return null;
      removeStale(file);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(file, { force: true });
}

function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

// One at a time: of two that find the same stale file, the slower must not remove what the quicker has just put there.
function removeStale(file: string): void {
  const turn = `${file}.turn`;
  try {
    mkdirSync(turn);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if (Date.now() - (statSync(turn, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > ABANDONED_MS)
      rmSync(turn, { recursive: true, force: true });
    return;
  }
  try {
    // Where there is none, another one may be there in the next moment, and be held.
    if (holderNamedIn(file) === null) rmSync(file, { force: true });
  } finally {
    rmSync(turn, { recursive: true, force: true });
  }
}

const folderOf = (file: string) => statSync(dirname(file)).ino;

/** When a process began, as the system counts; null when there is no such process. Elsewhere than on Linux, only that it lives. */
function beginningOf(pid: number): string | null {
  try {
    if (process.platform === "linux") {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
      // Ended, and only not yet taken leave of by its parent.
      return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
    }
    process.kill(pid, 0);
    return "alive";
  } catch (error) {
    return codeOf(error) === "EPERM" ? "alive" : null;
  }
}
