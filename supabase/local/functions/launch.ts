// Starts one Deno process for one function, with no more rights than the platform gives it, and waits until it listens.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { errorCodeHeaders, workerError } from "./answers.ts";
import { denoEnvironment } from "./deno.ts";
import type { Limits } from "./limits.ts";
import type { Boot } from "./runtime/protocol.ts";
import type { FunctionSettings } from "./settings.ts";
import { samplingMs, usageOf } from "./usage.ts";

export interface Launch {
  deno: string;
  settings: FunctionSettings;
  environment: Record<string, string>;
  /** Files the function may read: the functions' sources and the packages. */
  readable: string[];
  /** The one folder it may write to; made here, removed when the process ends. */
  tempDir: string;
  cacheDir: string;
  limits: Limits;
  /** Kills the process, whatever it is doing. */
  stopping: AbortSignal;
  log(line: string): void;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** V8 gave up at its own heap limit. */
  outOfMemory: boolean;
}

interface Running {
  child: ChildProcess;
  pid: number;
  port: number;
  secret: string;
  exited: Promise<Exit>;
}

/** The function's code could not be started; what was wrong with it is in the log. */
export class BootFailure extends Error {}

const bootstrap = fileURLToPath(new URL("./runtime/bootstrap.ts", import.meta.url));

export async function launch(options: Launch): Promise<Running> {
  const { settings, limits, log } = options;
  mkdirSync(options.tempDir, { recursive: true });
  const child = spawn(options.deno, denoArguments(options), {
    cwd: options.tempDir,
    env: { ...denoEnvironment(options.cacheDir), TMPDIR: options.tempDir },
    stdio: ["pipe", "pipe", "pipe"],
    signal: options.stopping,
    killSignal: "SIGKILL",
    // A group of its own: Ctrl-C in the terminal is for the stack, which then stops its functions itself.
    detached: process.platform !== "win32",
  });
  const secret = randomBytes(24).toString("base64url");
  let outOfMemory = false;

  const exited = new Promise<Exit>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      rmSync(options.tempDir, { recursive: true, force: true });
      resolve({ code, signal, outOfMemory });
    };
    child.on("close", end);
    child.on("error", (error) => {
      if (child.pid !== undefined) return;
      log(`[${settings.name}] Deno could not be started: ${error.message}`);
      end(null, null);
    });
  });

  const port = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const at = line.indexOf(`${secret} `);
      if (at < 0) log(`[${settings.name}] ${line}`);
      else resolve(Number(line.slice(at + secret.length)));
    });
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.includes("JavaScript out of memory") || line.includes("heap out of memory")) outOfMemory = true;
    log(`[${settings.name}] ${line}`);
  });

  child.stdin.on("error", () => {});
  child.stdin.write(`${JSON.stringify(bootMessage(options, secret))}\n`);

  const giveUp = (why: string) => {
    log(`[${settings.name}] ${why} before it reached Deno.serve, and was stopped.`);
    child.kill("SIGKILL");
  };
  const deadline = setTimeout(() => giveUp(`took ${limits.bootMs / 1000} s`), limits.bootMs);
  const memoryWatch = setInterval(async () => {
    const usage = child.pid === undefined ? null : await usageOf(child.pid);
    if (usage && usage.memoryBytes > limits.memoryBytes) giveUp("used too much memory");
  }, samplingMs);
  const started = await Promise.race([port, exited]);
  clearTimeout(deadline);
  clearInterval(memoryWatch);
  if (typeof started !== "number" || child.pid === undefined) throw new BootFailure(`${settings.name} did not start`);
  return { child, pid: child.pid, port: started, secret, exited };
}

function bootMessage({ settings, environment, tempDir }: Launch, secret: string): Boot {
  const { code, message } = workerError;
  return {
    entrypoint: pathToFileURL(settings.entrypoint).href,
    secret,
    environment: { ...environment, TMPDIR: tempDir },
    onError: { body: { code, message }, headers: errorCodeHeaders(code) },
  };
}

function denoArguments({ settings, readable, tempDir, limits }: Launch): string[] {
  // The heap is a part of the memory; typed arrays and the runtime itself are the rest, which the runner measures.
  const heapMegabytes = Math.floor((limits.memoryBytes * 0.8) / 1024 / 1024);
  return [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-lock",
    "--node-modules-dir=manual",
    // `request.signal` tells of a client that left, and of nothing else.
    "--unstable-no-legacy-abort",
    `--v8-flags=--max-old-space-size=${heapMegabytes}`,
    "--allow-net",
    "--allow-env",
    `--allow-read=${[...readable, tempDir].join(",")}`,
    `--allow-write=${tempDir}`,
    ...settings.denoFlags,
    bootstrap,
  ];
}
