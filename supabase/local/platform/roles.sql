-- Stands in for: the roles of a hosted project. Cluster-wide, applied as supabase_admin, safe to repeat.
-- `postgres` is deliberately not a superuser: migrations that need one would fail on a hosted project, so they fail here first.

do $$
declare
  wanted constant text[] := array[
    'postgres', 'anon', 'authenticated', 'service_role', 'authenticator', 'dashboard_user',
    'supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin'
  ];
  role_name text;
begin
  foreach role_name in array wanted loop
    if not exists (select from pg_catalog.pg_roles where rolname = role_name) then
      execute pg_catalog.format('create role %I', role_name);
    end if;
  end loop;
end
$$;

alter role postgres with login nosuperuser createdb createrole replication bypassrls inherit;
alter role anon with nologin noinherit;
alter role authenticated with nologin noinherit;
alter role service_role with nologin noinherit bypassrls;
alter role authenticator with login noinherit;
alter role dashboard_user with nologin createdb createrole replication;
alter role supabase_auth_admin with login noinherit createrole;
alter role supabase_storage_admin with login noinherit createrole;
-- The Realtime server signs in as this one: it reads replication, and becomes its caller to ask the policies.
alter role supabase_realtime_admin with login noinherit replication;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant anon, authenticated, service_role to supabase_storage_admin;
grant anon, authenticated, service_role to supabase_realtime_admin;
grant supabase_realtime_admin to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend, pg_create_subscription to postgres with admin option;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
alter role postgres set search_path = "$user", public, extensions;
alter role supabase_admin set search_path = "$user", public, auth, extensions;
alter role supabase_auth_admin set search_path = auth;
alter role supabase_auth_admin set idle_in_transaction_session_timeout = '60s';
alter role supabase_storage_admin set search_path = storage;

-- What a hosted project lets `postgres` set although it is no superuser: how the Data API behaves, and what dumps and audits need.
grant set on parameter
  session_replication_role, log_min_duration_statement, log_statement, track_functions,
  pgrst.db_schemas, pgrst.db_extra_search_path, pgrst.db_max_rows, pgrst.db_pre_request, pgrst.db_aggregates_enabled,
  pgrst.db_plan_enabled, pgrst.db_tx_end
to postgres;
