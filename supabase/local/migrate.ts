// Migrations through the official CLI, as the non-superuser `postgres`; the seed in one transaction, once.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { Problem } from "./problem.ts";
import { projectRoot, readConfig, table } from "./settings.ts";

const migrationsDir = join(projectRoot, "supabase/migrations");

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The CLI takes a second to start: it is called only when a migration waits. */
export async function hasPendingMigrations(dbUrl: string): Promise<boolean> {
  const files = readdirSync(migrationsDir).filter((name) => name.endsWith(".sql"));
  const applied = await withClient(dbUrl, async (client) => {
    const ledger = await client.query(
      "select to_regclass('supabase_migrations.schema_migrations') is not null as exists",
    );
    if (!ledger.rows[0].exists) return new Set<string>();
    const { rows } = await client.query<{ version: string }>(
      "select version from supabase_migrations.schema_migrations",
    );
    return new Set(rows.map((row) => row.version));
  });
  return files.some((name) => !applied.has(name.split("_")[0] ?? ""));
}

export async function pushMigrations(dbUrl: string): Promise<void> {
  const { code, output } = await runCli(["db", "push", `--remote=${dbUrl}`, "--yes"]);
  if (code !== 0)
    throw new Problem(`A migration could not be applied; the database is as it was before it.\n${output.trim()}`);
}

/** In the order of config.toml, and of their names where a pattern stands there. */
function seedFiles(): string[] {
  const paths = table(table(readConfig(), "db"), "seed").sql_paths;
  const patterns = Array.isArray(paths) ? paths.map(String) : [];
  return patterns.flatMap((pattern) => globSync(join("supabase", pattern), { cwd: projectRoot }).sort());
}

/** All of them or none. */
export async function applySeed(dbUrl: string): Promise<void> {
  await withClient(dbUrl, async (client) => {
    // The CLI's own ledger of seeds: whichever of the two seeds a database, the other knows.
    await client.query(
      "create table if not exists supabase_migrations.seed_files (path text not null primary key, hash text not null)",
    );
    const { rows } = await client.query<{ path: string }>("select path from supabase_migrations.seed_files");
    await client.query("begin");
    for (const path of seedFiles()) {
      if (rows.some((row) => row.path === path)) continue;
      const sql = readFileSync(join(projectRoot, path), "utf8");
      const hash = createHash("sha256").update(sql).digest("hex");
      try {
        await client.query(sql);
      } catch (error) {
        throw new Problem(
          `The seed (${path}) failed, and nothing of it was kept: ${error instanceof Error ? error.message : error}`,
        );
      }
      await client.query("insert into supabase_migrations.seed_files (path, hash) values ($1, $2)", [path, hash]);
    }
    await client.query("commit");
  });
}

/** Runs the official CLI against a database URL, without telemetry and without a question. */
export function runCli(args: string[]): Promise<{ code: number; output: string; stdout: string }> {
  const cli = join(projectRoot, "node_modules/supabase/dist/supabase.js");
  if (!existsSync(cli)) throw new Problem('The Supabase CLI is missing from node_modules. Run "npm ci".');
  const { withoutPassword, password } = takePassword(args);
  // What a person has set for a hosted project (a token, another folder) is not meant for this database.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("SUPABASE_"));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...withoutPassword], {
      cwd: projectRoot,
      env: {
        ...Object.fromEntries(inherited),
        ...(password && { PGPASSWORD: password }),
        DO_NOT_TRACK: "1",
        SUPABASE_TELEMETRY_DISABLED: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output, stdout }));
  });
}

// Everybody on the machine can read the arguments of a process; its environment only its owner can.
function takePassword(args: string[]): { withoutPassword: string[]; password: string } {
  let password = "";
  const withoutPassword = args.map((arg) => {
    if (!arg.startsWith("--remote=")) return arg;
    const url = new URL(arg.slice("--remote=".length));
    password = decodeURIComponent(url.password);
    url.password = "";
    return `--remote=${url.href}`;
  });
  return { withoutPassword, password };
}
