// The app's own server, Vite in a process beside the stack.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Guard } from "./guard.ts";
import { isFree } from "./ports.ts";
import { Problem } from "./problem.ts";
import { projectRoot } from "./settings.ts";

export interface App {
  /** Rejects when the server ends before it has answered. */
  ready: Promise<void>;
  stop(): Promise<void>;
}

export interface AppOptions {
  port: number;
  env: Record<string, string>;
  guard: Guard;
  /** Called when the server ends by itself after it was ready. */
  onLost(problem: Problem): void;
}

export function startApp({ port, env, guard, onLost }: AppOptions): App {
  const vite = join(projectRoot, "node_modules/vite/bin/vite.js");
  const child = spawn(process.execPath, [vite, "--clearScreen", "false", "--logLevel", "warn"], {
    cwd: projectRoot,
    env: { ...process.env, ...env, APP_PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit"],
    // A group of its own: Ctrl-C in the terminal reaches the stack, which then stops its parts in order.
    detached: process.platform !== "win32",
  });
  const { pid } = child;
  if (pid !== undefined) guard.add(pid);
  let problem: Problem | null = null;
  let isReady = false;
  let stopping = false;
  const ended = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      problem = new Problem(`The app could not be started: ${error.message}`);
      resolve();
    });
    child.on("exit", () => {
      if (pid !== undefined) guard.remove(pid);
      problem ??= new Problem("The app's server ended unexpectedly; the lines above say why. Start again.");
      if (isReady && !stopping) onLost(problem);
      resolve();
    });
  });
  const ready = untilAnswering(port, () => problem).then(() => {
    isReady = true;
  });
  // Whoever waits for it hears of it; while the backend still starts, nobody does yet.
  ready.catch(() => {});
  return {
    ready,
    async stop() {
      stopping = true;
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function untilAnswering(port: number, trouble: () => Problem | null): Promise<void> {
  for (;;) {
    const problem = trouble();
    if (problem) throw problem;
    if (!(await isFree(port)) && (await answers(port))) return;
    await delay(50);
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const page = await fetch(`http://127.0.0.1:${port}`, {
      headers: { accept: "text/html" },
      signal: AbortSignal.timeout(5000),
    });
    return page.ok;
  } catch {
    return false;
  }
}
