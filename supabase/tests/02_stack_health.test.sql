-- public.stack_health(): for whoever is signed in, and nobody else.
begin;
create extension if not exists pgtap with schema extensions;
select plan(12);

select function_returns('public', 'stack_health', array[]::name[], 'jsonb');
select isnt_definer('public', 'stack_health', array[]::name[], 'the function that the API exposes runs as its caller');
select is_definer('private', 'stack_health', array[]::name[], 'the private one behind it may read the ledger');
select function_privs_are('public', 'stack_health', array[]::name[], 'anon', array[]::text[], 'anon may not call it');
select function_privs_are('private', 'stack_health', array[]::name[], 'anon', array[]::text[], 'nor the one behind it');

-- A schedule that was due in this very minute and did not run waits; one that is switched off does not.
delete from private.schedules;
insert into private.schedules (name, schedule, function_name, description, created_at) values
  ('late', '* * * * *', 'prune_schedule_runs', 'Probe.', now() - interval '1 day'),
  ('off', '* * * * *', 'prune_schedule_runs', 'Probe.', now() - interval '1 day');
update private.schedules set enabled = false where name = 'off';

set local role authenticated;
select is(
  (select array_agg(key order by key) from jsonb_object_keys(public.stack_health()) as key),
  array['database', 'jobs_waiting', 'latest_migration', 'migrations_applied'],
  'it tells four things'
);
select is(
  public.stack_health() ->> 'database', split_part(current_setting('server_version'), ' ', 1), 'the version of Postgres'
);
select is(public.stack_health() -> 'jobs_waiting', '1'::jsonb, 'a schedule that is due and has not run');
set local role postgres;

select is(
  (private.stack_health() ->> 'migrations_applied')::bigint,
  (select count(*) from supabase_migrations.schema_migrations),
  'how many migrations were applied'
);
select is(
  private.stack_health() ->> 'latest_migration',
  (select version || '_' || name from supabase_migrations.schema_migrations order by version desc limit 1),
  'the latest of them by name'
);
select private.run_schedule('late');
select is(private.stack_health() -> 'jobs_waiting', '0'::jsonb, 'what has run waits no longer');

set local role anon;
select throws_ok('select public.stack_health()', '42501', null, 'without signing in it is refused');
set local role postgres;

select * from finish();
rollback;
