// Runs one of the product's commands as a person would in a terminal, in a folder and on ports of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackStatus } from "../../supabase/local/running.ts";
import { projectRoot } from "../../supabase/local/settings.ts";
import { freePorts } from "../../supabase/local/with-stack.ts";

export interface Finished {
  code: number | null;
  output: string;
}

export interface RunningCommand {
  process: ChildProcess;
  pid: number;
  output(): string;
  /** Resolves once the output holds the text; rejects with all of the output when the command ends before. */
  until(text: string): Promise<void>;
  finished: Promise<Finished>;
}

export function startCommand(name: string, args: string[], env: Record<string, string> = {}): RunningCommand {
  const child = spawn(process.execPath, [join(projectRoot, "supabase/local/run.mjs"), name, ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    output += chunk;
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const finished = new Promise<Finished>((resolve) => child.on("close", (code) => resolve({ code, output })));
  return {
    process: child,
    pid: child.pid ?? 0,
    output: () => output,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => output.includes(text) && resolve();
        listeners.add(look);
        look();
        void finished.then(() => reject(new Error(`The command ended before it said "${text}". It said:\n${output}`)));
      }),
    finished,
  };
}

export function runCommand(name: string, args: string[], env: Record<string, string> = {}): Promise<Finished> {
  return startCommand(name, args, env).finished;
}

export interface OwnStack {
  dataDir: string;
  args: string[];
  start(): Promise<RunningCommand>;
  status(): Promise<StackStatus>;
  remove(): Promise<void>;
}

/** A data directory and ports for one test; whatever runs on it is stopped at the end. */
export async function ownStack(): Promise<OwnStack> {
  const dataDir = mkdtempSync(join(tmpdir(), "partner-workspace-test-"));
  const [api, db] = await freePorts(2);
  const place = ["--data-dir", dataDir];
  const args = [...place, "--api-port", String(api), "--db-port", String(db)];
  return {
    dataDir,
    args,
    async start() {
      const command = startCommand("stack", args);
      await command.until("The stack is ready.");
      return command;
    },
    async status() {
      const { code, output } = await runCommand("status", ["--json", ...place]);
      if (code !== 0) throw new Error(output);
      return JSON.parse(output);
    },
    async remove() {
      await runCommand("stop", place);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
