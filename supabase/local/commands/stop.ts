// `npm run stack:stop`: stops the stack of one data directory, by its own process id.
import { setTimeout as delay } from "node:timers/promises";
import { dataDirOf, readFlags } from "../options.ts";
import { holderOf } from "../running.ts";

const LIMIT_MS = 60_000;

export async function run(args: string[]): Promise<number> {
  const dataDir = dataDirOf(readFlags(args, ["data-dir"]));
  return (await stopHolder(dataDir, (line) => console.log(line))) ? 0 : 1;
}

export async function stopHolder(dataDir: string, say: (line: string) => void): Promise<boolean> {
  const pid = holderOf(dataDir);
  if (!pid) {
    say(`No stack runs on ${dataDir}.`);
    return true;
  }
  process.kill(pid, "SIGTERM");
  const deadline = Date.now() + LIMIT_MS;
  while (holderOf(dataDir) === pid) {
    if (Date.now() > deadline) {
      say(`The stack (process ${pid}) did not stop within a minute.`);
      return false;
    }
    await delay(50);
  }
  say("The stack has stopped; its data is kept.");
  return true;
}
