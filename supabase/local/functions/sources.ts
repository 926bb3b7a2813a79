// Tells whether anything below supabase/functions has changed. Asked at each request instead of watching: an edit counts from
// the very next request on, on every platform alike, and a stack that nobody uses does nothing.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Returns a function that gives the same number for as long as no file or folder has changed. */
export function trackSources(root: string): () => number {
  let stamps = scan(root);
  let version = 1;
  return () => {
    for (const [path, stamp] of stamps) {
      if (stampOf(path) === stamp) continue;
      stamps = scan(root);
      version += 1;
      break;
    }
    return version;
  };
}

function scan(root: string): Map<string, string> {
  const stamps = new Map<string, string>();
  const add = (path: string) => stamps.set(path, stampOf(path));
  const walk = (folder: string) => {
    add(folder);
    for (const entry of entriesOf(folder)) {
      if (entry.name === "node_modules" || entry.name === ".git") continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  walk(root);
  return stamps;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : "missing";
}
