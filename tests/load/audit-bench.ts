// What the audit log costs: a 20,000-row statement with and without it, whether anybody waits meanwhile, sealing, verifying, and
// pages of a log of a million events by every filter.
import pg from "pg";
import type { StackStatus } from "../../supabase/local/running.ts";
import { type Ask, askWith } from "../support/owner.ts";
import { type Figure, median } from "./figure.ts";

const ROWS = 20_000;
const ROUNDS = 40;
const EVENTS = 1_000_000;
const ORGANIZATION = "0a0d1700-0000-4000-8000-000000000001";

export async function benchAudit({ dbUrl }: StackStatus, tell: (figure: Figure) => void): Promise<void> {
  const client = new pg.Client({ connectionString: dbUrl });
  await client.connect();
  const ask = askWith(client);
  try {
    await prepareTables(ask);
    for (const [what, sql] of statements) await compare(client, what, sql, tell);
    await writersDoNotWait(dbUrl, ask, tell);
    await growLog(ask);
    await sealAndVerify(ask, tell);
    await pages(ask, tell);
  } finally {
    await client.end();
  }
}

async function prepareTables(ask: Ask): Promise<void> {
  await ask("insert into public.organizations (id, name, slug) values ($1, 'Audit bench', 'audit-bench')", [
    ORGANIZATION,
  ]);
  for (const table of ["bench_plain", "bench_audited"]) {
    await ask(`create table public.${table} (
      id uuid not null default gen_random_uuid() primary key,
      organization_id uuid not null references public.organizations (id),
      name text not null, email text, status text not null default 'new', amount numeric(14, 2) not null default 0,
      settings jsonb not null default '{}', tags text[] not null default '{}', due date, owner_id uuid,
      version bigint not null default 1, created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
      unique (organization_id, id),
      unique (organization_id, name)
    )`);
    await ask(`alter table public.${table} enable row level security`);
    // As the house's tables have them: a key to refer to, one to find by, one for each reference and filter.
    await ask(`create index on public.${table} (organization_id, status)`);
    await ask(`create index on public.${table} (organization_id, owner_id)`);
    await ask(
      `create trigger _100_touch_version before update on public.${table} for each row execute function private.touch_version()`,
    );
  }
  await ask("select private.switch_on_audit('public.bench_audited')");
  for (const table of ["bench_plain", "bench_audited"]) {
    await ask(`insert into public.${table} (organization_id, name, email, owner_id)
      select '${ORGANIZATION}', 'Row ' || n, 'row' || n || '@bench.test', gen_random_uuid() from generate_series(1, ${ROWS}) as n`);
    await ask(`vacuum analyze public.${table}`);
  }
}

/** Each is undone, so that every round meets the same table. */
const statements: [string, (table: string) => string][] = [
  [
    "update",
    (table) =>
      `update public.${table} set amount = amount + 1, status = case status when 'new' then 'old' else 'new' end`,
  ],
  [
    "insert",
    (table) => `insert into public.${table} (organization_id, name, email, owner_id)
      select '${ORGANIZATION}', 'More ' || n, 'more' || n || '@bench.test', gen_random_uuid() from generate_series(1, ${ROWS}) as n`,
  ],
];

async function compare(
  client: pg.Client,
  what: string,
  sql: (table: string) => string,
  tell: (figure: Figure) => void,
): Promise<void> {
  const times: Record<string, number[]> = { bench_plain: [], bench_audited: [] };
  for (let round = 0; round < ROUNDS; round++)
    // Interleaved: what else the machine does falls on both alike.
    for (const table of round % 2 ? ["bench_plain", "bench_audited"] : ["bench_audited", "bench_plain"]) {
      await client.query("begin");
      const began = performance.now();
      await client.query(sql(table));
      times[table]?.push(performance.now() - began);
      await client.query("rollback");
      await client.query(`vacuum public.${table}, public.audit_log`);
    }
  const [plain, audited] = [median(times.bench_plain ?? []), median(times.bench_audited ?? [])];
  tell({
    what: `${ROWS.toLocaleString("en")}-row ${what} with its audit`,
    value: `${Math.round(audited)} ms = ${(audited / plain).toFixed(2)} × without`,
    bar: "≤ 1.5 ×",
    ok: audited / plain <= 1.5,
  });
}

/** While a big statement is open, and while its events are sealed, others in the same organization write on. */
async function writersDoNotWait(dbUrl: string, ask: Ask, tell: (figure: Figure) => void): Promise<void> {
  const other = new pg.Client({ connectionString: dbUrl });
  await other.connect();
  await other.query("set lock_timeout = '200ms'");
  const write = async () => {
    const began = performance.now();
    await other.query("insert into public.bench_audited (organization_id, name) values ($1, $2)", [
      ORGANIZATION,
      crypto.randomUUID(),
    ]);
    return performance.now() - began;
  };
  const waits: number[] = [];
  await ask("begin");
  await ask("update public.bench_audited set amount = amount + 1");
  for (let i = 0; i < 20; i++) waits.push(await write());
  await ask("commit");
  await ask("begin");
  await ask("select private.seal_audit_log()");
  for (let i = 0; i < 20; i++) waits.push(await write());
  await ask("commit");
  await other.end();
  // A lock that is not given within 200 ms ends the write with an error, and this benchmark with it.
  tell({
    what: "Write of one audited row beside an open 20,000-row statement, and beside a sealing (40 of them)",
    value: `median ${median(waits).toFixed(1)} ms, slowest ${Math.max(...waits).toFixed(1)} ms`,
    bar: "nobody waits for a lock",
    ok: true,
  });
}

/** Ten tables, 100 people, three actions; what is rare stands at the far end. */
async function growLog(ask: Ask): Promise<void> {
  await ask("select private.seal_audit_log()");
  const [row] = await ask<{ first: string }>(
    `with grown as (
       insert into public.audit_log (organization_id, occurred_at, actor, action, table_name, row_id, label, changes)
       select '${ORGANIZATION}', now() - interval '400 days' + n * interval '30 seconds',
         'user:00000000-0000-4000-8000-' || lpad((case when n < 20000 then 200 else n % 100 end)::text, 12, '0'),
         case when n between 100 and 120 then 'denied' else (array['insert', 'update', 'delete'])[1 + n % 3] end,
         'table_' || case when n < 30000 then 99 else n % 10 end, 'row-' || n % 50000, 'Row ' || n, '{"amount": [1, 2]}'
       from generate_series(1, ${EVENTS}) as n
       returning id, txid
     )
     insert into private.audit_pending (organization_id, txid, first_id, last_id)
     select '${ORGANIZATION}', (array_agg(txid))[1], min(id), max(id) from grown returning first_id as first`,
  );
  if (!row) throw new Error("The log did not grow.");
}

async function sealAndVerify(ask: Ask, tell: (figure: Figure) => void): Promise<void> {
  const began = performance.now();
  await ask("select private.seal_audit_log()");
  const sealing = performance.now() - began;
  await ask("vacuum analyze public.audit_log, private.audit_seals, private.audit_kinds");
  const verified = performance.now();
  const [verdict] = await ask<{ ok: boolean; checked: string }>(
    "select ok, checked from private.verify_audit_log($1, 0, 100000)",
    [ORGANIZATION],
  );
  const verifying = performance.now() - verified;
  tell({
    what: "Sealing a million events at once",
    value: `${Math.round(EVENTS / (sealing / 1000)).toLocaleString("en")} events/s`,
    bar: "≥ 5,000/s",
    ok: EVENTS / sealing >= 5,
  });
  tell({
    what: "Verifying 100,000 events",
    value: `${Math.round(verifying).toLocaleString("en")} ms`,
    bar: "≤ 8,000 ms",
    ok: verdict?.ok === true && Number(verdict.checked) === 100_000 && verifying <= 8000,
  });
}

async function pages(ask: Ask, tell: (figure: Figure) => void): Promise<void> {
  const member = crypto.randomUUID();
  await ask("insert into public.profiles (user_id, display_name, avatar_color) values ($1, 'Auditor', 'teal')", [
    member,
  ]);
  await ask(
    `insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
     select $1, $2, r.id, 'Auditor', 'teal' from public.roles as r where r.organization_id = $1 and r.key = 'vp'`,
    [ORGANIZATION, member],
  );
  const [newest] = await ask<{ id: string }>("select max(id)::text as id from public.audit_log");
  const claims = JSON.stringify({ sub: member, role: "authenticated" });
  await ask("select set_config('request.jwt.claims', $1, false)", [claims]);
  await ask("set role authenticated");
  const far = "'user:00000000-0000-4000-8000-000000000200'";
  const filters: [string, string][] = [
    ["newest", ""],
    ["in the middle", `, before_id => ${Number(newest?.id) - 500_000}`],
    ["of a common table", ", tables => '{table_3}'"],
    ["of a table that ended long ago", ", tables => '{table_99}'"],
    ["of a rare action long ago", ", actions => '{denied}'"],
    ["of a person who left long ago", `, actors => array[${far}]`],
    ["of a common table and a person without any", `, tables => '{table_3}', actors => array[${far}]`],
    ["of one row", ", subject => 'row-77'"],
    ["of a month long ago", ", since => now() - interval '380 days', until => now() - interval '350 days'"],
    [
      "of an action in that month",
      ", actions => '{delete}', since => now() - interval '380 days', until => now() - interval '350 days'",
    ],
  ];
  let worst = { name: "", ms: 0 };
  for (const [name, filter] of filters) {
    const times: number[] = [];
    for (let i = 0; i < 15; i++) {
      const began = performance.now();
      await ask(`select * from public.audit_page('${ORGANIZATION}' ${filter})`);
      times.push(performance.now() - began);
    }
    const ms = median(times);
    if (ms > worst.ms) worst = { name, ms };
    console.log(`    page ${name}: ${ms.toFixed(1)} ms`);
  }
  await ask("reset role");
  tell({
    what: `Page of 50 in a log of a million events, the slowest of ${filters.length} filters (${worst.name})`,
    value: `${worst.ms.toFixed(1)} ms`,
    bar: "≤ 100 ms",
    ok: worst.ms <= 100,
  });
}
