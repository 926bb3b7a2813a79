// Plants what must not be in a migration, one at a time, beside one that is right.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkMigrations } from "../../../supabase/local/checks/migrations.ts";
import { withThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { runCli, withClient } from "../../../supabase/local/migrate.ts";
import { projectRoot } from "../../../supabase/local/settings.ts";
import { stack } from "../../support/stack.ts";

const rightful = `create table public.probe (id bigint primary key, size text default case when true then 'small' end, name text);
create temporary table heap (id bigint) on commit drop;
comment on table public.probe is 'begin; commit; concurrently';`;

describe("the check of migrations", () => {
  let root: string;
  const plant = (file: string, sql: string) => writeFileSync(join(root, "supabase/migrations", file), sql);
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", root, "-c", "user.name=Test", "-c", "user.email=test@example.test", ...args], {
      stdio: "ignore",
    });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "partner-workspace-migrations-"));
    mkdirSync(join(root, "supabase/migrations"), { recursive: true });
    cpSync(join(projectRoot, "supabase/config.toml"), join(root, "supabase/config.toml"));
    plant("20260101000000_create_probe.sql", rightful);
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test("lets a rightful migration pass, also where there is no git", async () => {
    const result = await checkMigrations(stack(), root);
    expect(result).toMatchObject({ ok: true, output: "" });
  });

  test.each([
    [
      "a name that says nothing",
      "20260101000001_fix.sql",
      "select 1;",
      /20260101000001_fix\.sql is not named <14 digits>_<verb>_<object>/,
    ],
    ["a version that is taken", "20260101000000_set_probe.sql", "select 1;", /has the version of another migration/],
    [
      "a commit in the middle",
      "20260101000001_split_probe.sql",
      "create table public.a (); commit; create table public.b ();",
      /says "commit": it would no longer be one transaction/,
    ],
    [
      "an index built concurrently",
      "20260101000001_index_probe.sql",
      "create index concurrently probe_idx on public.probe (id);",
      /says "concurrently"/,
    ],
    [
      "a file that fails",
      "20260101000001_break_probe.sql",
      "create table public.a (); select 1 / 0;",
      /"supabase db push" failed[\s\S]*division by zero/,
    ],
    [
      "what only the superuser may do",
      "20260101000001_set_superuser.sql",
      "alter role postgres superuser;",
      /"supabase db push" failed[\s\S]*permission denied/,
    ],
    [
      "a schema that depends on the moment",
      "20260101000001_create_dated.sql",
      "do $$ begin execute format('create table public.%I ()', 'at_' || pg_backend_pid()); end $$;",
      /made another schema[\s\S]*public\.at_/,
    ],
  ])("reports %s", async (_what, file, sql, says) => {
    plant(file, sql);
    const { ok, output } = await checkMigrations(stack(), root);
    expect(ok).toBe(false);
    expect(output).toMatch(says);
  });

  test("reports a migration that was edited after it had landed", async () => {
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "Land it");
    expect((await checkMigrations(stack(), root)).ok).toBe(true);
    plant("20260101000000_create_probe.sql", `${rightful}\nselect 1;`);
    const sentence =
      /20260101000000_create_probe\.sql was edited after it had landed\. Put the change into a new migration\./;
    expect((await checkMigrations(stack(), root)).output).toMatch(sentence);
    git("commit", "-q", "-a", "-m", "Edit it");
    expect((await checkMigrations(stack(), root)).output).toMatch(sentence);
  });

  // The ground that "whole or not at all" stands on.
  test("rests on a CLI that applies a file in one transaction", async () => {
    plant("20260101000001_break_probe.sql", "create table public.left_behind (); select 1 / 0;");
    await withThrowawayDatabase(stack(), async ({ dbUrl }) => {
      const { code } = await runCli(["db", "push", `--remote=${dbUrl}`, "--yes", "--workdir", root]);
      expect(code).not.toBe(0);
      const { rows } = await withClient(dbUrl, (client) =>
        client.query(
          "select to_regclass('public.left_behind') as left, array(select version from supabase_migrations.schema_migrations) as done",
        ),
      );
      expect(rows).toEqual([{ left: null, done: ["20260101000000"] }]);
    });
  });
});
