// What pgTAP cannot show from one connection: two runs at once, and the feeding of pg_cron, which embedded Postgres lacks. A
// stand-in with pg_cron's documented table and functions takes what it is fed.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations, withClient } from "../../../supabase/local/migrate.ts";
import { eventually } from "../../support/processes.ts";
import { stack } from "../../support/stack.ts";

const cron = `
  create schema cron;
  create table cron.job (
    jobid bigint generated always as identity, jobname text unique, schedule text, command text, active boolean default true
  );
  create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as $$
    insert into cron.job (jobname, schedule, command) values ($1, $2, $3)
    on conflict (jobname) do update set schedule = $2, command = $3 returning jobid $$;
  create function cron.unschedule(job_name text) returns boolean language sql as $$
    delete from cron.job where jobname = $1 returning true $$;
  select cron.schedule('somebody else''s', '* * * * *', 'select 1');
`;

describe("schedules", () => {
  let database: ThrowawayDatabase;

  beforeAll(async () => {
    database = await createThrowawayDatabase(stack());
    await pushMigrations(database.dbUrl);
  });
  afterAll(() => database.drop());

  test("never run twice at once: who comes second goes away without a record", async () => {
    await withClient(database.dbUrl, async (first) => {
      await first.query(
        "create function private.probe() returns void language sql as 'select pg_advisory_xact_lock(1)'",
      );
      await first.query("insert into private.schedules values ('probe', '0 0 1 1 *', 'probe', true, 'Probe.')");
      await withClient(database.dbUrl, async (second) => {
        await withClient(database.dbUrl, async (gate) => {
          await gate.query("select pg_advisory_lock(1)");
          const slow = first.query("select private.run_schedule('probe')");
          const waits = `select count(*)::integer as waiting from pg_locks join pg_database on pg_database.oid = database
            where locktype = 'advisory' and not granted and datname = current_database()`;
          await eventually(
            async () => (await gate.query<{ waiting: number }>(waits)).rows[0]?.waiting,
            (waiting) => waiting === 1,
          );
          await second.query("select private.run_schedule('probe')");
          expect((await gate.query("table private.schedule_runs")).rows).toEqual([]);
          await gate.query("select pg_advisory_unlock(1)");
          await slow;
        });
        const { rows } = await second.query("select name, ok from private.schedule_runs");
        expect(rows).toEqual([{ name: "probe", ok: true }]);
        await second.query("delete from private.schedules where name = 'probe'");
      });
    });
  });

  test("record a run that was stopped by a timeout", async () => {
    await withClient(database.dbUrl, async (client) => {
      await client.query("create function private.sleeper() returns void language sql as 'select pg_sleep(60)'");
      await client.query("insert into private.schedules values ('sleeper', '0 0 1 1 *', 'sleeper', true, 'Probe.')");
      await client.query("set statement_timeout = 200");
      await client.query("select private.run_schedule('sleeper')");
      const { rows } = await client.query("select ok, message from private.schedule_runs where name = 'sleeper'");
      expect(rows).toEqual([{ ok: false, message: "canceling statement due to statement timeout (57014)" }]);
      await client.query("delete from private.schedules where name = 'sleeper'");
    });
  });

  test("feed pg_cron where it is there, and touch nobody else's jobs", async () => {
    await withClient(database.dbUrl, async (client) => {
      const jobs = async () =>
        (await client.query("select jobname, schedule, command from cron.job order by jobname")).rows;
      const other = { jobname: "somebody else's", schedule: "* * * * *", command: "select 1" };
      const prune = {
        jobname: "prune-schedule-runs",
        schedule: "17 3 * * *",
        command: "select private.run_schedule('prune-schedule-runs')",
      };
      await client.query(cron);
      // One of the product's own is enough to see.
      await client.query("delete from private.schedules where name <> 'prune-schedule-runs'");
      await client.query("select private.sync_schedules()");
      expect(await jobs()).toEqual([prune, other]);
      await client.query("update private.schedules set schedule = '18 4 * * *'");
      expect(await jobs()).toEqual([{ ...prune, schedule: "18 4 * * *" }, other]);
      await client.query("update private.schedules set enabled = false");
      expect(await jobs()).toEqual([other]);
      await client.query("update private.schedules set enabled = true");
      await client.query("delete from private.schedules");
      expect(await jobs()).toEqual([other]);
    });
  });
});
