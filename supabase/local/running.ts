// What a running stack tells about itself: a file in its data directory that status, stop, tests and the app read.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holderOfLock, takeLock } from "./lock.ts";
import { messageOf, Problem } from "./problem.ts";

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
const appFile = (dataDir: string) => join(dataDir, "app.lock");
const statusFile = (dataDir: string) => join(dataDir, "stack.json");

/** The process that holds the data directory, whether its stack is ready yet or not. */
export function holderOf(dataDir: string): number | null {
  return holderOfLock(lockFile(dataDir));
}

/** The process that serves the app on top of the stack, when one does. */
export function findApp(dataDir: string): number | null {
  return holderOfLock(appFile(dataDir));
}

export function findRunning(dataDir: string): RunningStack | null {
  const pid = holderOf(dataDir);
  if (!pid || !existsSync(statusFile(dataDir))) return null;
  const running: RunningStack = JSON.parse(readFileSync(statusFile(dataDir), "utf8"));
  return running.pid === pid ? running : null;
}

/** Only one stack may work on a data directory. Gives back what releases it. */
export function holdDataDir(dataDir: string): () => void {
  const release = takeLockIn(dataDir, lockFile(dataDir));
  if (!release)
    throw new Problem(
      `A stack already runs on ${dataDir} (process ${holderOf(dataDir) ?? "unknown"}). Use it, stop it with "npm run stack:stop", or choose another folder with --data-dir.`,
    );
  return () => {
    rmSync(statusFile(dataDir), { force: true });
    release();
  };
}

function takeLockIn(dataDir: string, file: string): (() => void) | null {
  try {
    // Others on this machine may pass through, as Postgres must when root starts it, but neither look nor write.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    return takeLock(file);
  } catch (error) {
    throw new Problem(`The data directory ${dataDir} cannot be written to: ${messageOf(error)}`);
  }
}

/** Says that this process serves the app; gives back a stop that takes the word back. */
export function publishApp(dataDir: string, stop: () => Promise<void>): () => Promise<void> {
  const release = takeLockIn(dataDir, appFile(dataDir));
  return async () => {
    release?.();
    await stop();
  };
}

export function publishStatus(dataDir: string, status: StackStatus): void {
  const running: RunningStack = { pid: process.pid, status };
  writeFileSync(`${statusFile(dataDir)}.new`, JSON.stringify(running, null, 2), { mode: 0o600 });
  renameSync(`${statusFile(dataDir)}.new`, statusFile(dataDir));
}
