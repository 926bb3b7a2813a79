// `npm run stack:stop`: stops the stack of one data directory, by its own process id.
import { setTimeout as delay } from "node:timers/promises";
import { dataDirOf, readFlags } from "../options.ts";
import { codeOf, Problem } from "../problem.ts";
import { findApp, holderOf } from "../running.ts";

const LIMIT_MS = 60_000;

export async function run(args: string[]): Promise<number> {
  const dataDir = dataDirOf(readFlags(args, ["data-dir"]));
  return (await stopHolder(dataDir, (line) => console.log(line))) ? 0 : 1;
}

export async function stopHolder(dataDir: string, say: (line: string) => void): Promise<boolean> {
  // The app may be served by a process of its own, on top of a stack that was there before it.
  const app = findApp(dataDir);
  const stack = holderOf(dataDir);
  if (!app && !stack) {
    say(`No stack runs on ${dataDir}.`);
    return true;
  }
  for (const pid of new Set([app, stack])) if (pid) askToStop(pid);
  const deadline = Date.now() + LIMIT_MS;
  while ((app && findApp(dataDir) === app) || (stack && holderOf(dataDir) === stack)) {
    if (Date.now() > deadline) {
      say(`The stack (process ${stack ?? app}) did not stop within a minute.`);
      return false;
    }
    await delay(50);
  }
  say("The stack has stopped; its data is kept.");
  return true;
}

function askToStop(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    // It may have ended just now.
    if (codeOf(error) === "EPERM")
      throw new Problem(`The stack (process ${pid}) was started by another user of this machine, who must stop it.`);
  }
}
