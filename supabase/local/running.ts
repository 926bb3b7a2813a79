// What a running stack tells about itself: a file in its data directory that status, stop, tests and the app read.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, Problem } from "./problem.ts";

export interface StackStatus {
  apiUrl: string;
  /** As `postgres`, the role migrations run as. */
  dbUrl: string;
  /** As `supabase_admin`, the superuser. */
  adminDbUrl: string;
  publishableKey: string;
  secretKey: string;
  mailUrl: string;
  appUrl: string;
}

interface RunningStack {
  pid: number;
  status: StackStatus;
}

const lockFile = (dataDir: string) => join(dataDir, "stack.lock");
const appFile = (dataDir: string) => join(dataDir, "app.pid");
const statusFile = (dataDir: string) => join(dataDir, "stack.json");

/** The process that holds the data directory, whether its stack is ready yet or not. */
export function holderOf(dataDir: string): number | null {
  return processIn(lockFile(dataDir));
}

/** The process that serves the app on top of the stack, when one does. */
export function findApp(dataDir: string): number | null {
  return processIn(appFile(dataDir));
}

function processIn(file: string): number | null {
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8"));
  return pid && isStack(pid) ? pid : null;
}

export function findRunning(dataDir: string): RunningStack | null {
  const pid = holderOf(dataDir);
  if (!pid || !existsSync(statusFile(dataDir))) return null;
  const running: RunningStack = JSON.parse(readFileSync(statusFile(dataDir), "utf8"));
  return running.pid === pid ? running : null;
}

/** Only one stack may work on a data directory. Gives back what releases it. */
export function holdDataDir(dataDir: string): () => void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw new Problem(
      `The data directory ${dataDir} cannot be made: ${error instanceof Error ? error.message : error}`,
    );
  }
  const file = lockFile(dataDir);
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (codeOf(error) !== "EEXIST")
        throw new Problem(
          `The data directory ${dataDir} cannot be written to: ${error instanceof Error ? error.message : error}`,
        );
      const pid = holderOf(dataDir);
      if (pid)
        throw new Problem(
          `A stack already runs on ${dataDir} (process ${pid}). Use it, stop it with "npm run stack:stop", or choose another folder with --data-dir.`,
        );
      rmSync(file, { force: true });
    }
  }
  return () => {
    rmSync(statusFile(dataDir), { force: true });
    rmSync(file, { force: true });
  };
}

/** Says that this process serves the app; gives back a stop that takes the word back. */
export function publishApp(dataDir: string, stop: () => Promise<void>): () => Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(appFile(dataDir), String(process.pid));
  return async () => {
    rmSync(appFile(dataDir), { force: true });
    await stop();
  };
}

export function publishStatus(dataDir: string, status: StackStatus): void {
  const running: RunningStack = { pid: process.pid, status };
  writeFileSync(`${statusFile(dataDir)}.new`, JSON.stringify(running, null, 2), { mode: 0o600 });
  renameSync(`${statusFile(dataDir)}.new`, statusFile(dataDir));
}

function isStack(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // The id may belong to somebody else's process by now.
    return (
      process.platform !== "linux" || /supabase\/local\/(main|run)/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"))
    );
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
