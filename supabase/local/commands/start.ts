// `npm start`: the whole product. Brings up the stack (or uses the one that runs) and the app on top of it.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { type Guard, startGuard } from "../guard.ts";
import { readFlags, type StackOptions, stackFlags, stackOptions } from "../options.ts";
import { choosePort, isFree } from "../ports.ts";
import { Problem } from "../problem.ts";
import { showProgress } from "../progress.ts";
import { findRunning, type StackStatus } from "../running.ts";
import { projectRoot } from "../settings.ts";
import { startStack } from "../stack.ts";
import { type End, untilStopped } from "../until-stopped.ts";

interface Backend {
  env: Record<string, string>;
  guard: Guard;
  describe: string;
  stop(): Promise<void>;
}

export async function run(args: string[]): Promise<number> {
  const options = stackOptions(readFlags(args, [...stackFlags]));
  const running = findRunning(options.dataDir);
  if (running && (await answers(running.status.appUrl))) {
    console.log(`The product already runs at ${running.status.appUrl}. Stop it with "npm run stack:stop".`);
    return 0;
  }
  return untilStopped(async (end) => {
    const port = await choosePort({ name: "app", flag: "APP_PORT", ...options.app }, new Set(), (line) =>
      console.error(line),
    );
    const backend = await chooseBackend({ ...options, app: { port, chosen: true } }, running?.status ?? null, end);
    try {
      const stopApp = await showProgress("Starting the app", () => startApp(port, backend, end));
      console.log(`\nThe product is ready: http://localhost:${port}\n${backend.describe}\nStop it with Ctrl-C.`);
      return async () => {
        await stopApp();
        await backend.stop();
      };
    } catch (error) {
      await backend.stop();
      throw error;
    }
  });
}

async function chooseBackend(options: StackOptions, running: StackStatus | null, end: End): Promise<Backend> {
  const named = projectOfEnv();
  if (named) {
    const guard = startGuard();
    return {
      env: named,
      guard,
      describe: `It uses the project at ${named.VITE_SUPABASE_URL}, as .env says.`,
      stop: async () => guard.close(),
    };
  }
  if (running) {
    const guard = startGuard();
    return {
      env: envOf(running),
      guard,
      describe: `It uses the stack that already runs.\n${signIns(running)}`,
      stop: async () => guard.close(),
    };
  }
  const stack = await startStack(options, {
    log: (line) => console.error(line),
    progress: showProgress,
    onLost: (problem) => end(1, problem.message),
  });
  return { env: envOf(stack.status), guard: stack.guard, describe: signIns(stack.status), stop: () => stack.stop() };
}

function envOf(status: StackStatus): Record<string, string> {
  return {
    VITE_SUPABASE_URL: status.apiUrl,
    VITE_SUPABASE_PUBLISHABLE_KEY: status.publishableKey,
    VITE_MAIL_URL: status.mailUrl,
  };
}

function signIns(status: StackStatus): string {
  return `
  Sign in as  admin@northwind.test    administrator of Northwind
              vp@northwind.test       executive
              partners@northwind.test partnership manager
              admin@contoso.test      administrator of another organization
              nobody@example.test     no organization yet
  Password    workspace-demo
  Mail        ${status.mailUrl}
  Database    ${status.dbUrl}`;
}

/** A project named in .env, hosted or run by the official CLI, wins over the embedded stack. */
function projectOfEnv(): Record<string, string> | null {
  const file = join(projectRoot, ".env");
  if (!existsSync(file)) return null;
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key } = parseEnv(readFileSync(file, "utf8"));
  if (!url) return null;
  if (!URL.canParse(url))
    throw new Problem(
      `VITE_SUPABASE_URL in .env is not an address: "${url}". It looks like https://<project>.supabase.co.`,
    );
  if (!key)
    throw new Problem(
      "VITE_SUPABASE_PUBLISHABLE_KEY is missing in .env. Copy the publishable key from the project's API settings.",
    );
  return { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key };
}

async function startApp(port: number, backend: Backend, end: End): Promise<() => Promise<void>> {
  const vite = join(projectRoot, "node_modules/vite/bin/vite.js");
  const child = spawn(process.execPath, [vite, "--clearScreen", "false", "--logLevel", "warn"], {
    cwd: projectRoot,
    env: { ...process.env, ...backend.env, APP_PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
  });
  if (child.pid !== undefined) backend.guard.add(child.pid);
  let stopping = false;
  let problem: Problem | null = null;
  const exited = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      problem = new Problem(`The app could not be started: ${error.message}`);
      resolve();
    });
    child.on("exit", () => {
      if (child.pid !== undefined) backend.guard.remove(child.pid);
      problem ??= new Problem("The app's server ended unexpectedly; the lines above say why. Start again.");
      resolve();
      if (!stopping && ready) end(1, problem.message);
    });
  });
  let ready = false;
  await Promise.race([untilAnswering(port), exited]);
  if (problem) throw problem;
  ready = true;
  return async () => {
    stopping = true;
    child.kill("SIGTERM");
    await exited;
  };
}

async function untilAnswering(port: number): Promise<void> {
  while (!(await answers(`http://127.0.0.1:${port}`))) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function answers(url: string): Promise<boolean> {
  if (await isFree(Number(new URL(url).port))) return false;
  try {
    return (await fetch(url, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
