// How quick and how heavy the embedded stack is; ratios against what the same machine does without it, in the same run.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { projectRoot } from "../../supabase/local/settings.ts";
import { freePorts } from "../../supabase/local/with-stack.ts";
import { type RunningCommand, runCommand, startCommand } from "../support/command.ts";
import { atMost, median, type Tell } from "./figure.ts";

const CLIENTS = 16;
const SECONDS = 5;

export async function benchStack(tell: Tell): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "partner-workspace-bench-"));
  const [api, db] = await freePorts(2);
  const args = ["--data-dir", dataDir, "--api-port", String(api), "--db-port", String(db)];
  try {
    const cold = await timedStart(args);
    cold.command.process.kill("SIGTERM");
    await cold.command.finished;
    const warm: number[] = [];
    let running = await timedStart(args);
    warm.push(running.ms);
    for (let round = 0; round < 2; round++) {
      running.command.process.kill("SIGTERM");
      await running.command.finished;
      running = await timedStart(args);
      warm.push(running.ms);
    }
    const status = JSON.parse((await runCommand("status", ["--json", "--data-dir", dataDir])).output);
    const idle = memoryOf(running.command.pid, dataDir);
    const reads = await readsPerSecond(status.apiUrl, status.dbUrl, status.secretKey);
    running.command.process.kill("SIGTERM");
    await running.command.finished;
    const second = median(warm);
    for (const figure of [
      atMost("First start of the stack on fresh data", cold.ms, 10_000, "ms"),
      atMost("Second start of the stack (median of 3)", second, 3000, "ms"),
      ...(idle === null ? [] : [atMost("Idle memory of the stack, shared pages counted once", idle, 400, "MB")]),
      {
        what: `Reads of 20 rows through the Data API, ${CLIENTS} clients`,
        value: `${Math.round(reads.api)}/s = ${(reads.api / reads.direct).toFixed(2)} × the same query straight to Postgres`,
        bar: "≥ 300/s",
        ok: reads.api >= 300,
      },
    ])
      tell(figure);
  } finally {
    await runCommand("stop", ["--data-dir", dataDir]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function timedStart(args: string[]): Promise<{ command: RunningCommand; ms: number }> {
  const started = performance.now();
  const command = startCommand("stack", args);
  await command.until("The stack is ready.");
  return { command, ms: performance.now() - started };
}

/** Proportional set size of the stack's processes in megabytes; only Linux tells. */
function memoryOf(pid: number, dataDir: string): number | null {
  if (!existsSync("/proc/self/smaps_rollup")) return null;
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map<number, number>();
  const ours = new Set<number>([pid]);
  for (const name of all) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      parents.set(Number(name), Number(fields[1]));
      if (readFileSync(`/proc/${name}/cmdline`, "utf8").includes(dataDir)) ours.add(Number(name));
    } catch {
      // It ended while we looked.
    }
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, parent] of parents)
      if (ours.has(parent) && !ours.has(child)) {
        ours.add(child);
        grown = true;
      }
  }
  let kilobytes = 0;
  for (const one of ours) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // It ended while we looked, or belongs to somebody else.
    }
  }
  return kilobytes / 1024;
}

async function readsPerSecond(
  apiUrl: string,
  dbUrl: string,
  secretKey: string,
): Promise<{ api: number; direct: number }> {
  const pool = new pg.Pool({ connectionString: dbUrl, max: CLIENTS });
  await pool.query(`create table public.bench_rows (id int primary key, name text not null, amount numeric not null)`);
  await pool.query(`grant select on public.bench_rows to service_role`);
  await pool.query(`insert into public.bench_rows select n, 'Row ' || n, n * 1.5 from generate_series(1, 10000) n`);
  await pool.query(`analyze public.bench_rows`);
  const directRead = () =>
    pool.query("select json_agg(r) from (select id, name, amount from public.bench_rows order by id limit 20) r");
  const [direct, api] = [await rate(() => directRead()), await outsideReads(`${apiUrl}/rest/v1/bench_rows`, secretKey)];
  await pool.query("drop table public.bench_rows");
  await pool.end();
  return { api, direct };
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  const until = performance.now() + SECONDS * 1000;
  let done = 0;
  const client = async () => {
    while (performance.now() < until) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return done / SECONDS;
}

/** The clients run in a process of their own, as they would. */
function outsideReads(url: string, secretKey: string): Promise<number> {
  const script = join(projectRoot, "tests/load/read-clients.ts");
  const child = spawn(process.execPath, [script, url, String(CLIENTS), String(SECONDS)], {
    env: { ...process.env, SECRET_KEY: secretKey },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Number(output)) : reject(new Error(`The clients ended with ${code}.`)),
    );
  });
}
