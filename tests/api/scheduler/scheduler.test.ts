// The embedded scheduler: what the table of schedules names really runs, and failures are recorded.
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startScheduler } from "../../../supabase/local/scheduler/index.ts";
import { eventually } from "../../support/processes.ts";
import { stack } from "../../support/stack.ts";

const suffix = crypto.randomUUID().slice(0, 8);
const counting = `count-${suffix}`;
const failing = `fail-${suffix}`;
const database = new pg.Pool({ connectionString: stack().dbUrl, max: 2 });

beforeAll(async () => {
  await database.query(`
    create table private.ticks_${suffix} (at timestamptz not null default clock_timestamp());
    create function private.tick_${suffix}() returns void language sql set search_path = '' as
      'insert into private.ticks_${suffix} default values';
    create function private.fail_${suffix}() returns void language plpgsql set search_path = '' as
      $$ begin insert into private.ticks_${suffix} default values; raise exception 'The job met a wall.'; end $$;
    insert into private.schedules (name, schedule, function_name, description) values
      ('${counting}', '1 seconds', 'tick_${suffix}', 'Counts, for a test.'),
      ('${failing}', '1 seconds', 'fail_${suffix}', 'Fails, for a test.');`);
});

afterAll(async () => {
  await database.query(`delete from private.schedules where name in ($1, $2)`, [counting, failing]);
  await database.query(`
    drop function private.tick_${suffix}(), private.fail_${suffix}();
    drop table private.ticks_${suffix};
    delete from private.schedule_runs where name in ('${counting}', '${failing}');`);
  await database.end();
});

test("runs what is due again and again, and records success and failure with its reason", async () => {
  const complaints: string[] = [];
  const scheduler = startScheduler({
    dbUrl: stack().dbUrl,
    functions: { url: `${stack().apiUrl}/functions/v1`, secretKey: stack().secretKey },
    log: (line) => complaints.push(line),
  });
  const runs = await eventually(
    async () =>
      (
        await database.query("select name, ok, message from private.schedule_runs where name = any ($1)", [
          [counting, failing],
        ])
      ).rows,
    (rows) => rows.filter((row) => row.name === counting).length >= 2 && rows.some((row) => row.name === failing),
  );
  await scheduler.stop();
  expect(runs.filter((run) => run.name === counting).every((run) => run.ok && run.message === null)).toBe(true);
  expect(runs.find((run) => run.name === failing)).toMatchObject({ ok: false, message: "The job met a wall. (P0001)" });
  expect(complaints).toEqual([]);
  // A failed run leaves nothing of its own behind.
  const { rows } = await database.query(`select count(*)::int as ticks from private.ticks_${suffix}`);
  const { rows: good } = await database.query(
    "select count(*)::int as runs from private.schedule_runs where name = $1",
    [counting],
  );
  expect(rows[0].ticks).toBe(good[0].runs);
});
