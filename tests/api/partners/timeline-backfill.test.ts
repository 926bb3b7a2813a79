// The history of rows that were there before the timeline: told once, however often, by however many, beside whoever writes meanwhile,
// and although the database ends it in the middle.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations } from "../../../supabase/local/migrate.ts";
import { type Owner, openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";

const ROWS = 3000;
const CHUNK = 250;
const LIVE = 200;

let database: ThrowawayDatabase;
let owner: Owner;
const organization = "0a0d1700-0000-4000-8000-000000000003";

beforeAll(async () => {
  database = await createThrowawayDatabase(stack());
  await pushMigrations(database.dbUrl);
  owner = openOwner(database.dbUrl);
  await owner.ask(`create table public.probe (
    id uuid primary key default gen_random_uuid(), organization_id uuid not null, title text not null, done_at timestamptz,
    created_at timestamptz not null default now(), version bigint not null default 1, updated_at timestamptz not null default now()
  )`);
  await owner.ask(
    "create trigger _100_touch_version before update on public.probe for each row execute function private.touch_version()",
  );
  await owner.ask(
    `insert into public.probe (organization_id, title, done_at, created_at)
     select $1, 'Before ' || n, case when n % 2 = 0 then now() - n * interval '1 hour' end, now() - n * interval '1 day'
     from generate_series(1, $2::integer) as n`,
    [organization, ROWS],
  );
  await owner.ask(`select private.switch_on_timeline('public.probe', partner => 'null::uuid', label => 'n.title', rules => array[
    private.activity_rule('task_created', 'insert', occurred_at => 'n.created_at', backfilled => true),
    private.activity_rule('task_completed', 'insert', 'n.done_at is not null', occurred_at => 'n.done_at', backfilled => true),
    private.activity_rule('task_completed', 'update', 'o.done_at is null and n.done_at is not null', occurred_at => 'n.done_at')
  ])`);
}, 120_000);
afterAll(async () => {
  await owner.close();
  await database.drop();
});

async function backfill(after: string | null = null): Promise<void> {
  const [chunk] = await owner.ask<{ last_id: string | null }>(
    "select last_id from private.backfill_partner_activity('public.probe', $1, $2)",
    [after, CHUNK],
  );
  if (chunk?.last_id) await backfill(chunk.last_id);
}

/** Half of them complete what waits, the others add what is complete already. */
const writeLive = async (writer: number) => {
  for (let n = writer; n < LIVE; n += 4)
    await owner.ask(
      n % 2
        ? "insert into public.probe (organization_id, title, done_at) values ($1, 'Live ' || $2, now())"
        : "update public.probe set done_at = now() where organization_id = $1 and title = 'Before ' || ($2::integer + 1) and done_at is null",
      [organization, String(n)],
    );
};

/** Rows whose events are not exactly those that happened. */
const wrong = () =>
  owner.ask(
    `select p.title, array_agg(e.kind) as kinds
     from public.probe as p
     left join public.partner_activity_log as e on e.organization_id = p.organization_id and e.subject_id = p.id
     group by p.id
     having count(*) filter (where e.kind = 'task_created') <> 1
       or count(*) filter (where e.kind = 'task_completed') <> case when p.done_at is null then 0 else 1 end`,
  );

test("stopped in the middle, it is taken up again without a second event", { timeout: 60_000 }, async () => {
  await owner.withConnection(async (client) => {
    await client.query("select private.backfill_partner_activity('public.probe', null, $1)", [CHUNK]);
    await client.query("begin");
    await client.query("select private.backfill_partner_activity('public.probe', null, $1)", [2 * CHUNK]);
    const ended = expect(client.query("select pg_terminate_backend(pg_backend_pid())")).rejects.toThrow();
    client.on("error", () => {});
    await ended;
  });
  const [count] = await owner.ask<{ rows: string }>(
    "select count(distinct subject_id) as rows from public.partner_activity_log where subject_table = 'probe'",
  );
  expect(Number(count?.rows), "what was committed is there, the rest is not").toBe(CHUNK);
});

test("twice at once, beside live writes, each event is told once, with its own date", { timeout: 60_000 }, async () => {
  await Promise.all([backfill(), backfill(), ...[0, 1, 2, 3].map(writeLive)]);
  expect(await wrong()).toEqual([]);
  expect(
    await owner.ask(
      `select p.title from public.probe as p
       join public.partner_activity_log as e on e.organization_id = p.organization_id and e.subject_id = p.id
       where e.occurred_at <> case e.kind when 'task_created' then p.created_at else p.done_at end`,
    ),
  ).toEqual([]);
});

test("all of it again adds nothing", { timeout: 60_000 }, async () => {
  const count = async () => (await owner.ask("select count(*) from public.partner_activity_log"))[0]?.count;
  const before = await count();
  await backfill();
  expect(await count()).toBe(before);
});
