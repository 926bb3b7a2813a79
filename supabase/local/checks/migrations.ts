// Whether the migrations can be trusted: named and ordered, never edited once landed, applied by the official CLI exactly once,
// and safe to be killed at any point. For the last: the CLI runs each file in one transaction, so a killed one leaves nothing,
// as long as no file takes the transaction into its own hands.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { runCli, withClient } from "../migrate.ts";
import { projectRoot } from "../settings.ts";
import { runProgram } from "../tools.ts";
import type { CheckResult } from "./check-result.ts";
import { compareSnapshots, takeSnapshot } from "./schema-snapshot.ts";
import { type DatabaseUrls, withThrowawayDatabase } from "./throwaway-database.ts";

interface Migration {
  file: string;
  version: string;
  name: string;
  sql: string;
}

export async function checkMigrations(server: DatabaseUrls, root = projectRoot): Promise<CheckResult> {
  const migrations = readMigrations(root);
  const written = [...badNames(migrations), ...ownTransactions(migrations), ...(await editedMigrations(root))];
  // What is wrong on paper already is not tried.
  const problems = written.length > 0 ? written : await applyBothWays(server, migrations, root);
  return {
    name: "Migrations apply twice, whole or not at all",
    ok: problems.length === 0,
    output: problems.join("\n"),
  };
}

function readMigrations(root: string): Migration[] {
  const dir = join(root, "supabase/migrations");
  return readdirSync(dir)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => {
      const [, version = "", name = ""] = /^(\d*)_?(.*)\.sql$/.exec(file) ?? [];
      return { file, version, name, sql: readFileSync(join(dir, file), "utf8") };
    });
}

function badNames(migrations: Migration[]): string[] {
  const versions = migrations.map(({ version }) => version);
  return migrations.flatMap(({ file, version }, index) => [
    ...(/^\d{14}_[a-z]+(_[a-z0-9]+)+\.sql$/.test(file)
      ? []
      : [`${file} is not named <14 digits>_<verb>_<object>.sql.`]),
    ...(versions.indexOf(version) === index ? [] : [`${file} has the version of another migration.`]),
  ]);
}

function ownTransactions(migrations: Migration[]): string[] {
  return migrations.flatMap(({ file, sql }) => {
    const outside = sql
      .replaceAll(/--.*$/gm, "")
      .replaceAll(/\/\*[\s\S]*?\*\//g, "")
      .replaceAll(/(\$\w*\$)[\s\S]*?\1/g, "''")
      .replaceAll(/'(?:[^']|'')*'/g, "''");
    // Only where a statement begins: `on commit drop` and the `end` of a `case` are none of their own.
    const ownHands = /^(?:begin|commit|end|rollback|start\s+transaction|vacuum)\b|\bconcurrently\b/i;
    const found = outside
      .split(";")
      .flatMap((statement) => ownHands.exec(statement.trim())?.[0] ?? [])
      .at(0);
    return found === undefined
      ? []
      : [`${file} says "${found}": it would no longer be one transaction, applied whole or not at all.`];
  });
}

/** Without git, or in a clone without history, there is nothing to compare with. */
async function editedMigrations(root: string): Promise<string[]> {
  const git = (...args: string[]) =>
    runProgram("git", [
      "-C",
      root,
      ...args,
      "--diff-filter=M",
      "--name-only",
      "--format=",
      "HEAD",
      "--",
      "supabase/migrations",
    ]).catch(() => ({ code: 1, output: "" }));
  const answers = [await git("log"), await git("diff")];
  const files = answers.flatMap(({ code, output }) =>
    code === 0 ? output.split("\n").filter((line) => line.endsWith(".sql")) : [],
  );
  // One that got a new name since is a new migration: no database has applied it under that name.
  const edited = [...new Set(files)].filter((file) => existsSync(join(root, file)));
  return edited.map((file) => `${file} was edited after it had landed. Put the change into a new migration.`);
}

async function applyBothWays(server: DatabaseUrls, migrations: Migration[], root: string): Promise<string[]> {
  return withThrowawayDatabase(server, async (byCli) => {
    const first = await push(byCli.dbUrl, root);
    if (first.code !== 0) return [`"supabase db push" failed:\n${first.output.trim()}`];
    const second = await push(byCli.dbUrl, root);
    if (second.code !== 0 || !second.output.includes("up to date"))
      return [`A second "supabase db push" did not find the database up to date:\n${second.output.trim()}`];
    return withThrowawayDatabase(server, async (byHand) => {
      const problems = await killEachOnce(byHand, migrations);
      const [cliSchema, handSchema] = await Promise.all(
        [byCli, byHand].map(({ adminDbUrl }) => withClient(adminDbUrl, takeSnapshot)),
      );
      const differences = compareSnapshots(cliSchema ?? [], handSchema ?? []);
      if (differences.length > 0)
        problems.push("Migrations that were killed once and applied again made another schema:", ...differences);
      return problems;
    });
  });
}

function push(dbUrl: string, root: string): Promise<{ code: number; output: string }> {
  return runCli(["db", "push", `--remote=${dbUrl}`, "--yes", "--workdir", root]);
}

async function killEachOnce({ dbUrl, adminDbUrl }: DatabaseUrls, migrations: Migration[]): Promise<string[]> {
  return withClient(adminDbUrl, async (admin) => {
    const problems: string[] = [];
    await withClient(dbUrl, (client) =>
      client.query(
        "create table supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text)",
      ),
    );
    for (const migration of migrations) {
      const before = await takeSnapshot(admin);
      await applyAndKill(admin, dbUrl, migration);
      const left = compareSnapshots(before, await takeSnapshot(admin));
      if (left.length > 0) problems.push(`${migration.file}, killed before its end, left something behind:`, ...left);
      await withClient(dbUrl, async (client) => {
        await client.query("begin");
        await client.query(migration.sql);
        await client.query("insert into supabase_migrations.schema_migrations (version, name) values ($1, $2)", [
          migration.version,
          migration.name,
        ]);
        await client.query("commit");
      });
    }
    return problems;
  });
}

async function applyAndKill(admin: pg.Client, dbUrl: string, migration: Migration): Promise<void> {
  await withClient(dbUrl, async (client) => {
    const lost = new Promise((resolve) => client.on("error", resolve));
    await client.query("begin");
    await client.query(migration.sql);
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    // Waits until the server has let go of everything the connection held.
    await admin.query("select pg_terminate_backend($1, 10000)", [rows[0]?.pid]);
    await lost;
  });
}
