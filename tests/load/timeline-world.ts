// An organization with three million events, and two tables alike but for the timeline that one of them feeds.
import type { Ask } from "../support/owner.ts";

export const TIMELINE_ORGANIZATION = "0a0d1700-0000-4000-8000-000000000002";
const EVENTS = 3_000_000;
const PARTNERS = 20_000;
export const DAYS = 540;
export const tables = ["bench_plain", "bench_told"];
const ROWS = 20_000;

/** Of this partner there are as many events as of nobody else. */
export const BUSY_PARTNER = "00000000-0000-4000-8000-000000000000";
/** Somebody who left after the first weeks, and what happened only then. */
export const FORMER_ACTOR = "user:00000000-0000-4000-8000-000000000999";
export const FORMER_KIND = "partner_restored";

export async function prepareTables(ask: Ask): Promise<void> {
  await ask("insert into public.organizations (id, name, slug) values ($1, 'Timeline bench', 'timeline-bench')", [
    TIMELINE_ORGANIZATION,
  ]);
  for (const table of tables) {
    await ask(`create table public.${table} (
      id uuid not null default gen_random_uuid() primary key,
      organization_id uuid not null references public.organizations (id),
      partner_id uuid not null, number bigint generated always as identity, client_key uuid,
      title text not null, description text, status text not null default 'pending', priority text not null default 'normal',
      due_on date, completed_at timestamptz, assignee_id uuid, is_shared boolean not null default false, metadata jsonb not null default '{}',
      version bigint not null default 1, created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
      unique (organization_id, id),
      unique (organization_id, client_key)
    )`);
    await ask(`alter table public.${table} enable row level security`);
    // As the house's tables have them: one for each reference, list and filter.
    for (const columns of ["partner_id, created_at", "assignee_id, status", "number"])
      await ask(`create index on public.${table} (organization_id, ${columns})`);
    await ask(
      `create trigger _100_touch_version before update on public.${table} for each row execute function private.touch_version()`,
    );
  }
  for (const table of tables) {
    await ask(`insert into public.${table} (organization_id, partner_id, title)
      select '${TIMELINE_ORGANIZATION}', gen_random_uuid(), 'Row ' || n from generate_series(1, ${ROWS}) as n`);
    await ask(`vacuum analyze public.${table}`);
  }
  await ask(`select private.switch_on_timeline('public.bench_told', partner => 'n.partner_id', label => 'n.title', rules => array[
    private.activity_rule('task_created', 'insert', occurred_at => 'n.created_at', visible => 'n.is_shared', backfilled => true),
    private.activity_rule('task_completed', 'insert', $$n.status = 'completed'$$, occurred_at => 'n.completed_at', visible => 'n.is_shared',
      backfilled => true),
    private.activity_rule('task_completed', 'update', $$o.status <> 'completed' and n.status = 'completed'$$,
      occurred_at => 'n.completed_at', visible => 'n.is_shared', before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)'),
    private.activity_rule('task_reopened', 'update', $$o.status = 'completed' and n.status <> 'completed'$$,
      visible => 'n.is_shared', before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)'),
    private.activity_rule('document_shared', 'update', 'n.is_shared and not o.is_shared', visible => 'true'),
    private.activity_rule('document_removed', 'delete', visible => 'n.is_shared')
  ])`);
}

/** Every kind and 60 people, evenly over a year and a half; what is rare stands at the far end. */
export async function growTimeline(ask: Ask): Promise<void> {
  // Made anew afterwards, which is quicker than filling them event by event.
  const indexes = await ask<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index as i where i.indrelid = 'public.partner_activity_log'::regclass and not i.indisprimary`,
  );
  for (const { name } of indexes) await ask(`drop index ${name}`);
  await ask(
    `insert into public.partner_activity_log (
       organization_id, partner_id, kind, occurred_at, actor, actor_name, subject_table, subject_id, subject_label, is_visible_to_partner,
       before, after, source_key, recorded_at
     )
     select '${TIMELINE_ORGANIZATION}',
       case n % 300 when 0 then '${BUSY_PARTNER}' else '00000000-0000-4000-8000-' || lpad((n::bigint * 7919 % ${PARTNERS})::text, 12, '0') end::uuid,
       case when n < 60000 and n % 500 = 0 then '${FORMER_KIND}' else kinds.all_kinds[1 + n % cardinality(kinds.all_kinds)] end,
       moment.at, case when n < 60000 and n % 100 = 7 then '${FORMER_ACTOR}' else 'user:00000000-0000-4000-8000-' || lpad((n % 61)::text, 12, '0') end,
       'Somebody ' || n % 61, 'bench', row.id, 'Row ' || n, n % 3 = 0, '"pending"', '"completed"', 'bench:' || row.id || ':1:x', moment.at
     from generate_series(1, ${EVENTS}) as n
     cross join lateral (select gen_random_uuid() as id where n > 0) as row
     cross join lateral (select now() - interval '${DAYS} days' + n * (interval '${DAYS} days' / ${EVENTS}) as at) as moment
     cross join (select array_agg(kind order by kind) as all_kinds from private.activity_kinds where kind <> '${FORMER_KIND}') as kinds`,
  );
  for (const { definition } of indexes) await ask(definition);
  await ask("vacuum analyze public.partner_activity_log");
}
