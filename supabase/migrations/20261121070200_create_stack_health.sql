-- Whoever is signed in may see that the backend is whole: which Postgres, how far its migrations, whether jobs pile up.
-- Nothing here belongs to an organization, so there is no tenant to check.

set local lock_timeout = '5s';

-- Definer, because the CLI's ledger of migrations and the table of schedules are closed to clients.
create or replace function private.stack_health() returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'database', split_part(current_setting('server_version'), ' ', 1),
    'migrations_applied', count(*),
    'latest_migration', (array_agg(concat_ws('_', version, nullif(name, '')) order by version desc))[1],
    'jobs_waiting', private.count_waiting_schedules()
  )
  from supabase_migrations.schema_migrations
$$;

create or replace function public.stack_health() returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.stack_health()
$$;

comment on function public.stack_health() is
  'The state of the backend: Postgres version, migrations applied, latest migration, jobs waiting.';

-- anon is deliberately absent.
grant execute on function private.stack_health(), public.stack_health() to authenticated, service_role;
