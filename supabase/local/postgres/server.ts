// Stands in for: the project's Postgres. A real server from an npm package, kept in the data directory and watched.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Guard } from "../guard.ts";
import { messageOf, Problem } from "../problem.ts";
import { findPostgresBinaries, POSTGRES_MAJOR } from "./binaries.ts";
import { commandAs, giveTo, postgresUser } from "./run-as.ts";

export interface PostgresServer {
  stop(): Promise<void>;
}

export interface PostgresOptions {
  dataDir: string;
  port: number;
  adminPassword: string;
  guard: Guard;
  log(line: string): void;
  /** Called when the server cannot be brought back after it ended by itself. */
  onLost(problem: Problem): void;
}

const parameters = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  // Realtime reads changes from logical replication; a forgotten slot must not fill the disk.
  wal_level: "logical",
  max_slot_wal_keep_size: "1GB",
  max_connections: "100",
  shared_buffers: "256MB",
  shared_preload_libraries: "pg_stat_statements",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %q%u ",
  // pg_stat_statements and logs must never hold a password.
  log_parameter_max_length_on_error: "0",
};

const LOG_LIMIT_BYTES = 20 * 1024 * 1024;
const START_LIMIT_MS = 120_000;
const RESTARTS_PER_MINUTE = 5;
// Two segments of its log and a little: with less, a start only fails again.
const ROOM_TO_RECOVER = 40 * 1024 * 1024;

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { dataDir, port, guard, log } = options;
  const binaries = findPostgresBinaries();
  const user = postgresUser();
  const cluster = join(dataDir, "postgres");
  const logFile = join(dataDir, "postgres.log");

  keepLogSmall(logFile);
  await prepareCluster();
  giveTo(user, cluster);
  await stopLeftover(cluster);

  let child: ChildProcess;
  let stopping = false;
  const starts: number[] = [];
  await launch();

  return {
    async stop() {
      stopping = true;
      await end(child);
    },
  };

  async function prepareCluster(): Promise<void> {
    const version = readVersion(cluster);
    if (version === POSTGRES_MAJOR) return;
    if (version)
      throw new Problem(
        `The data in ${dataDir} was written by Postgres ${version}, and this product runs ${POSTGRES_MAJOR}. To keep it, start the version of the product that wrote it and dump it with pg_dump; to start afresh, run "npm run db:reset".`,
      );
    if (existsSync(cluster))
      throw new Problem(
        `The folder ${cluster} is not a whole Postgres data directory: an earlier set-up or copy did not finish. Run "npm run db:reset" to make it anew.`,
      );
    // Built beside its place and moved in one step: a set-up that is killed leaves nothing that looks whole.
    // A folder of this attempt's own, because what a killed one started may take a moment to end.
    for (const name of readdirSync(dataDir))
      if (name.startsWith("postgres.new-"))
        rmSync(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
    const unfinished = `${cluster}.new-${process.pid}`;
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    const passwordFile = join(dataDir, "admin-password");
    writeFileSync(passwordFile, options.adminPassword, { mode: 0o600 });
    giveTo(user, unfinished);
    giveTo(user, passwordFile);
    try {
      await initdb([
        `--pgdata=${unfinished}`,
        "--username=supabase_admin",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=icu",
        "--icu-locale=en-US",
        "--data-checksums",
      ]);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      throw error;
    } finally {
      rmSync(passwordFile, { force: true });
    }
    renameSync(unfinished, cluster);
  }

  async function initdb(args: string[]): Promise<void> {
    const command = commandAs(user, binaries.initdb, args, [binaries.initdb, cluster]);
    const child = spawn(command.file, command.args, { ...identity(command), stdio: ["ignore", "pipe", "pipe"] });
    if (child.pid !== undefined) guard.add(child.pid);
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    if (child.pid !== undefined) guard.remove(child.pid);
    if (code !== 0) throw explain(output, "Postgres could not create its data directory");
  }

  async function launch(): Promise<void> {
    starts.push(Date.now());
    const flags = Object.entries(parameters).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const command = commandAs(
      user,
      binaries.postgres,
      ["-D", cluster, "-p", String(port), ...flags],
      [binaries.postgres, cluster],
    );
    const { size: logStart = 0 } = statSync(logFile, { throwIfNoEntry: false }) ?? {};
    const output = openSync(logFile, "a", 0o600);
    // A group of its own: Ctrl-C in the terminal reaches the stack, which then stops its parts in order.
    child = spawn(command.file, command.args, {
      ...identity(command),
      stdio: ["ignore", output, output],
      detached: true,
    });
    closeSync(output);
    const current = child;
    let refused: Error | null = null;
    current.on("error", (error) => {
      refused = error;
    });
    if (current.pid !== undefined) guard.add(current.pid);
    current.on("exit", () => {
      if (current.pid !== undefined) guard.remove(current.pid);
      if (!stopping && ready) void relaunch();
    });
    let ready = false;
    const deadline = Date.now() + START_LIMIT_MS;
    while (!isReady(cluster, current.pid)) {
      if (refused) throw explain(messageOf(refused), "Postgres did not start");
      if (current.exitCode !== null || current.signalCode !== null)
        throw explain(readFileSync(logFile).subarray(logStart).toString(), "Postgres did not start");
      if (Date.now() > deadline)
        throw new Problem(`Postgres did not become ready within two minutes. Its log is ${logFile}.`);
      await delay(10);
    }
    ready = true;
  }

  async function relaunch(): Promise<void> {
    log("Postgres ended unexpectedly; starting it again.");
    let waitsForRoom = false;
    // Its old backends may live a moment longer and hold the shared memory: the server itself says so and is tried again.
    while (!stopping) {
      const recent = starts.filter((at) => at > Date.now() - 60_000);
      if (recent.length > RESTARTS_PER_MINUTE) {
        options.onLost(new Problem(`Postgres ends again and again. Its log, ${logFile}, says why.`));
        return;
      }
      try {
        await launch();
        log("Postgres is back.");
        return;
      } catch (error) {
        const message = messageOf(error);
        const noRoom = freeBytes(dataDir) < ROOM_TO_RECOVER;
        if (noRoom || message.includes("still in use")) starts.pop();
        if (noRoom && !waitsForRoom)
          log("The disk is full. Postgres starts again as soon as there is room; what was committed is safe.");
        else if (!noRoom && !message.includes("still in use")) log(message);
        waitsForRoom = noRoom;
        await delay(200);
      }
    }
  }

  async function end(process: ChildProcess): Promise<void> {
    if (process.exitCode !== null || process.signalCode !== null) return;
    const exited = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGINT");
    await exited;
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** The log of the time before is kept once; what is older goes. */
function keepLogSmall(logFile: string): void {
  const log = statSync(logFile, { throwIfNoEntry: false });
  if (log && log.size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.old`);
}

function identity(command: { uid?: number; gid?: number }): { uid?: number; gid?: number } {
  return command.uid === undefined || command.gid === undefined ? {} : { uid: command.uid, gid: command.gid };
}

function readVersion(cluster: string): string | null {
  const file = join(cluster, "PG_VERSION");
  if (!existsSync(file) || !existsSync(join(cluster, "global/pg_control"))) return null;
  return readFileSync(file, "utf8").trim();
}

function postmasterFile(cluster: string): string[] {
  const file = join(cluster, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

// The server writes its state into the eighth line of its lock file.
function isReady(cluster: string, pid: number | undefined): boolean {
  const lines = postmasterFile(cluster);
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

/**
 * A server that outlived a stack killed together with its guard is stopped before a new one starts on its data. The id in its
 * lock file may belong to somebody else's process by now, which would keep Postgres from starting: this stack alone holds the
 * data directory, so such a file is stale.
 */
async function stopLeftover(cluster: string): Promise<void> {
  const pid = Number(postmasterFile(cluster)[0]);
  if (!pid) return;
  if (serves(pid, cluster)) process.kill(pid, "SIGINT");
  while (serves(pid, cluster)) await delay(20);
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}

function serves(pid: number, cluster: string): boolean {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
    return spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes(cluster);
  } catch {
    return false;
  }
}

function explain(output: string, what: string): Problem {
  if (/No space left on device/i.test(output))
    return new Problem(`${what}: the disk is full. Free some space (the product needs about 300 MB) and start again.`);
  if (/Address already in use/i.test(output))
    return new Problem(
      `${what}: its port is taken by another program. Stop that program, or choose another port with --db-port.`,
    );
  if (/Permission denied/i.test(output))
    return new Problem(`${what}: it may not read or write its folder. ${lastLine(output)}`);
  return new Problem(`${what}. It said: ${lastLine(output)}`);
}

function lastLine(output: string): string {
  const lines = output.split("\n").filter((line) => /FATAL|PANIC|error:|ERROR/.test(line));
  return (lines.at(-1) ?? output.trim().split("\n").at(-1) ?? "nothing").trim();
}
