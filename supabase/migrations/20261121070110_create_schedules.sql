-- One table says what runs when. A hosted project's pg_cron is fed from it; where pg_cron is missing, another scheduler reads
-- it and calls the same function. So a schedule is added in one place and runs everywhere.

set local lock_timeout = '5s';

do $$
begin
  if exists (select from pg_catalog.pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron with schema pg_catalog;
  end if;
end
$$;

create table if not exists private.schedules (
  name text not null,
  schedule text not null,
  function_name text not null,
  enabled boolean not null default true,
  description text not null,
  created_at timestamptz not null default now(),
  constraint schedules_pkey primary key (name),
  constraint schedules_name_check check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  -- Numbers only, so that every scheduler that reads it understands the same: five fields in UTC, or a number of seconds.
  constraint schedules_schedule_check check (
    schedule ~ '^(((\*|\d+(-\d+)?)(/\d+)?(,(\*|\d+(-\d+)?)(/\d+)?)*)( (?!$)|$)){5}$'
    or schedule ~ '^([1-9]|[1-5]\d) seconds$'
  ),
  constraint schedules_function_name_check check (function_name ~ '^[a-z_][a-z0-9_]*$')
);

comment on table private.schedules is 'What runs when. No policies on purpose: only migrations and the scheduler touch it.';
comment on column private.schedules.schedule is 'Cron expression in UTC (minute hour day month weekday), or "30 seconds".';
comment on column private.schedules.function_name is 'A function in schema private that takes no arguments.';

alter table private.schedules enable row level security;

create table if not exists private.schedule_runs (
  id bigint generated always as identity,
  name text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  ok boolean not null,
  message text,
  constraint schedule_runs_pkey primary key (id)
);

comment on table private.schedule_runs is 'What ran, and how it ended. No policies on purpose: only the scheduler writes it.';
comment on column private.schedule_runs.name is 'Without a foreign key: what ran stays known when its schedule is gone.';
comment on column private.schedule_runs.message is 'Why it failed; empty when it did not.';

create index if not exists schedule_runs_name_started_at_idx on private.schedule_runs (name, started_at);
create index if not exists schedule_runs_started_at_idx on private.schedule_runs (started_at);

alter table private.schedule_runs enable row level security;

-- A run that fails is recorded like one that succeeds: its own changes are undone, the record of it is not. Whoever comes while
-- the same schedule still runs goes away again without a trace.
create or replace function private.run_schedule(schedule_name text) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  to_call text := (select s.function_name from private.schedules as s where s.name = schedule_name);
  began constant timestamptz := clock_timestamp();
  failure text;
begin
  if to_call is null then
    raise exception 'There is no schedule named "%".', schedule_name using errcode = 'no_data_found';
  end if;
  if not pg_try_advisory_xact_lock(hashtextextended('private.run_schedule:' || schedule_name, 0)) then
    return;
  end if;
  begin
    execute format('select private.%I()', to_call);
  -- A run that was cancelled or timed out has failed as well.
  exception when query_canceled or others then
    failure := format('%s (%s)', sqlerrm, sqlstate);
  end;
  insert into private.schedule_runs (name, started_at, finished_at, ok, message)
  values (schedule_name, began, clock_timestamp(), failure is null, failure);
end
$$;

-- Makes pg_cron's jobs equal to the table, where pg_cron is there. Only jobs that call run_schedule are touched.
create or replace function private.sync_schedules() returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if to_regclass('cron.job') is null then
    return;
  end if;
  perform cron.unschedule(job.jobname)
  from cron.job as job
  where job.command like 'select private.run_schedule(%'
    and not exists (select from private.schedules as s where s.name = job.jobname and s.enabled);
  perform cron.schedule(s.name, s.schedule, format('select private.run_schedule(%L)', s.name))
  from private.schedules as s
  where s.enabled;
end
$$;

create or replace function private.sync_schedules_after_change() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.sync_schedules();
  return null;
end
$$;

create or replace trigger _500_sync_schedules
after insert or update or delete on private.schedules
for each statement execute function private.sync_schedules_after_change();

-- The numbers that one field of a cron expression names.
create or replace function private.cron_numbers(field text, lowest integer, highest integer) returns integer[]
language sql
immutable
set search_path = ''
as $$
  select array_agg(number)
  from regexp_split_to_table(field, ',') as item
  cross join lateral regexp_match(item, '^(\*|\d+)(?:-(\d+))?(?:/(\d+))?$') as part
  cross join lateral generate_series(
    case part[1] when '*' then lowest else part[1]::integer end,
    case when part[2] is not null then part[2]::integer when part[1] = '*' or part[3] is not null then highest
      else part[1]::integer end,
    coalesce(part[3]::integer, 1)
  ) as number
$$;

-- The last minute of a span that a schedule names; nothing when it names none. One that counts seconds names every minute.
create or replace function private.schedule_last_due(schedule text, first timestamptz, last timestamptz) returns timestamptz
language sql
immutable
set search_path = ''
as $$
  with given as materialized (
    select
      private.cron_numbers(field[1], 0, 59) as minutes,
      private.cron_numbers(field[2], 0, 23) as hours,
      private.cron_numbers(field[3], 1, 31) as days,
      private.cron_numbers(field[4], 1, 12) as months,
      private.cron_numbers(field[5], 0, 7) as weekdays,
      -- As cron has always done: where day and weekday are both restricted, either is enough.
      field[3] <> '*' and field[5] <> '*' as either
    from string_to_array(case when schedule like '% seconds' then '* * * * *' else schedule end, ' ') as field
  )
  select max(minute) at time zone 'UTC'
  from given
  cross join generate_series(
    date_trunc('minute', first at time zone 'UTC'), date_trunc('minute', last at time zone 'UTC'), interval '1 minute'
  ) as minute
  cross join lateral (
    select
      extract(day from minute)::integer = any (days) as day_matches,
      -- Sunday is 0 and 7.
      array[extract(dow from minute)::integer, extract(isodow from minute)::integer] && weekdays as weekday_matches
  ) as matches
  where extract(minute from minute)::integer = any (minutes)
    and extract(hour from minute)::integer = any (hours)
    and extract(month from minute)::integer = any (months)
    and case when either then day_matches or weekday_matches else day_matches and weekday_matches end
$$;

-- How many schedules should have begun within the last hour and have not. What was missed longer ago is not made up for, by
-- pg_cron neither: it waits for its next turn.
create or replace function private.count_waiting_schedules() returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*)
  from private.schedules as s
  cross join lateral private.schedule_last_due(s.schedule, now() - interval '59 minutes', now()) as due
  where s.enabled
    and due > s.created_at
    and not exists (select from private.schedule_runs as run where run.name = s.name and run.started_at >= due)
$$;

create or replace function private.prune_schedule_runs() returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.schedule_runs where started_at < now() - interval '30 days'
$$;

insert into private.schedules (name, schedule, function_name, description)
values ('prune-schedule-runs', '17 3 * * *', 'prune_schedule_runs', 'Keeps the last 30 days of what ran.')
on conflict (name) do nothing;
