// CPU time and memory of another process, as the operating system counts them.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

interface Usage {
  cpuMs: number;
  memoryBytes: number;
}

const run = promisify(execFile);

// USER_HZ, in which Linux reports times to programs: 100 on every architecture that Node runs on.
const MS_PER_TICK = 10;

/** How often it makes sense to ask: Linux answers from memory, elsewhere it costs a process. */
export const samplingMs = process.platform === "linux" ? 50 : 250;

/** Null when the process is gone, or on Windows, where neither is to be had without another package. */
export async function usageOf(pid: number): Promise<Usage | null> {
  try {
    if (process.platform === "linux") return await fromProc(pid);
    return process.platform === "win32" ? null : await fromPs(pid);
  } catch {
    return null;
  }
}

async function fromProc(pid: number): Promise<Usage | null> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8"),
    readFile(`/proc/${pid}/status`, "utf8"),
  ]);
  // The second field is the program's name, which may hold spaces and brackets; utime and stime are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  // Memory of its own: the pages of the Deno binary are shared by all functions and belong to none.
  const own = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
  if (own === undefined || !Number.isFinite(ticks)) return null;
  return { cpuMs: ticks * MS_PER_TICK, memoryBytes: Number(own) * 1024 };
}

async function fromPs(pid: number): Promise<Usage | null> {
  const { stdout } = await run("ps", ["-o", "time=,rss=", "-p", String(pid)]);
  const [time, kilobytes] = stdout.trim().split(/\s+/);
  if (!time || !kilobytes) return null;
  const seconds = time.split(":").reduce((total, part) => total * 60 + Number(part), 0);
  return { cpuMs: seconds * 1000, memoryBytes: Number(kilobytes) * 1024 };
}
