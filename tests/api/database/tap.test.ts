// Runs planted pgTAP files: every way in which a file can fail must count as a failure, and nothing may stay behind.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runTapFiles } from "../../../supabase/local/checks/tap.ts";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { withClient } from "../../../supabase/local/migrate.ts";
import { stack } from "../../support/stack.ts";

const file = (plan: string, body: string) =>
  `begin;\nselect plan(${plan});\n${body}\nselect * from finish();\nrollback;\n`;

describe("the runner of pgTAP files", () => {
  let database: ThrowawayDatabase;
  let dir: string;
  const functions = () =>
    withClient(database.adminDbUrl, async (client) => {
      const { rows } = await client.query<{ count: string }>(
        "select count(*) from pg_proc where pronamespace = 'extensions'::regnamespace",
      );
      return rows[0]?.count;
    });

  beforeAll(async () => {
    database = await createThrowawayDatabase(stack());
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "partner-workspace-tap-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test("runs files in order as postgres, with and without the line that creates the extension", async () => {
    writeFileSync(join(dir, "02_b.test.sql"), file("1", "select is(current_user::text, 'postgres', 'me');"));
    writeFileSync(
      join(dir, "01_a.test.sql"),
      `-- Why.\n${file("2", "create extension if not exists pgtap with schema extensions;\nselect ok(true); select ok(true);")}`,
    );
    const before = await functions();
    const run = await runTapFiles({ ...database, dir });
    expect(run).toEqual({
      passed: 3,
      failed: 0,
      skipped: 0,
      output: "✓ 01_a.test.sql: 2 passed\n✓ 02_b.test.sql: 1 passed\n",
    });
    expect(await functions()).toBe(before);
  });

  test("lets a test become another role and call pgTAP as it", async () => {
    const body = "set local role anon;\nselect throws_ok('create table public.mine ()', '42501');\nreset role;";
    writeFileSync(join(dir, "01_a.test.sql"), file("1", body));
    expect(await runTapFiles({ ...database, dir })).toMatchObject({ passed: 1, failed: 0 });
  });

  test.each([
    [
      "a test that fails",
      file("2", "select ok(true, 'a'); select is(1, 2, 'b');"),
      1,
      1,
      /not ok 2 - b[\s\S]*have: 1[\s\S]*want: 2/,
    ],
    ["a wrong plan", file("2", "select ok(true);"), 1, 1, /2 tests were planned, 1 ran/],
    [
      "an SQL error",
      file("2", "select ok(true); select nothing_of_this_name();"),
      1,
      2,
      /SQL error: .*nothing_of_this_name/,
    ],
    ["a syntax error", file("1", "selec ok(true);"), 0, 2, /SQL error: syntax error/],
    ["no tests", file("0", ""), 0, 2, /SQL error: .*[\s\S]*No test ran/],
    ["no plan", "begin;\nselect ok(true);\nrollback;\n", 0, 2, /No plan/],
    ["a commit", file("1", "select ok(true); commit;"), 0, 1, /never commits/],
    ["no rollback", "begin; select plan(1); select ok(true); select * from finish();", 0, 1, /ends with `rollback;`/],
    ["a command of psql", file("1", "\\set x 1\nselect ok(true);"), 0, 1, /psql's own commands/],
  ])("counts %s as a failure", async (_what, sql, passed, failed, says) => {
    writeFileSync(join(dir, "01_a.test.sql"), sql);
    const run = await runTapFiles({ ...database, dir });
    expect(run).toMatchObject({ passed, failed });
    expect(run.output).toMatch(says);
  });

  test("counts a folder without files as a failure", async () => {
    expect(await runTapFiles({ ...database, dir })).toMatchObject({ passed: 0, failed: 1 });
  });

  test("works after a run that was killed had left pgTAP behind in part", async () => {
    await withClient(database.adminDbUrl, (client) =>
      client.query("create type extensions._time_trial_type as (a_time numeric)"),
    );
    writeFileSync(join(dir, "01_a.test.sql"), file("1", "select ok(true);"));
    expect(await runTapFiles({ ...database, dir })).toMatchObject({ passed: 1, failed: 0 });
  });
});
