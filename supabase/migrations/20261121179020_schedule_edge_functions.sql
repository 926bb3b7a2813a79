-- A schedule can also call an Edge Function: what has to leave the database cannot be done inside it. On a hosted project pg_net
-- calls it, with the address and the secret key from Vault; on the embedded stack the scheduler does.

set local lock_timeout = '5s';

alter table private.schedules add column if not exists edge_function text;
-- Nobody reads this table but the two functions below and the scheduler, which come with the change.
-- squawk-ignore ban-drop-not-null
alter table private.schedules alter column function_name drop not null;

alter table private.schedules add constraint schedules_edge_function_check
  check (edge_function ~ '^[a-z0-9]+(-[a-z0-9]+)*$') not valid;
alter table private.schedules add constraint schedules_calls_one_thing_check
  check ((function_name is null) <> (edge_function is null)) not valid;

comment on column private.schedules.function_name is 'A function in schema private that takes no arguments; or else edge_function.';
comment on column private.schedules.edge_function is 'An Edge Function, called with the secret key.';

-- The answer comes later and is not waited for: pg_net keeps it in net._http_response, the function itself in its log.
create or replace function private.call_edge_function(called text) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  address text;
  secret_key text;
begin
  if to_regclass('vault.decrypted_secrets') is null or to_regnamespace('net') is null then
    raise exception 'pg_net and Vault are needed to call the Edge Function "%".', called;
  end if;
  execute 'select decrypted_secret from vault.decrypted_secrets where name = ''project_url''' into address;
  execute 'select decrypted_secret from vault.decrypted_secrets where name = ''secret_key''' into secret_key;
  if address is null or secret_key is null then
    raise exception 'Vault lacks project_url or secret_key, with which the Edge Function "%" is called.', called;
  end if;
  execute 'select net.http_post(url := $1, body := ''{}'', headers := $2, timeout_milliseconds := 30000)'
  using address || '/functions/v1/' || called, jsonb_build_object('content-type', 'application/json', 'apikey', secret_key);
end
$$;

create or replace function private.run_schedule(schedule_name text) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  due private.schedules;
  began constant timestamptz := clock_timestamp();
  failure text;
begin
  select * into due from private.schedules as s where s.name = schedule_name;
  if due.name is null then
    raise exception 'There is no schedule named "%".', schedule_name using errcode = 'no_data_found';
  end if;
  if not pg_try_advisory_xact_lock(hashtextextended('private.run_schedule:' || schedule_name, 0)) then
    return;
  end if;
  begin
    if due.edge_function is not null then
      perform private.call_edge_function(due.edge_function);
    else
      execute format('select private.%I()', due.function_name);
    end if;
  -- A run that was cancelled or timed out has failed as well.
  exception when query_canceled or others then
    failure := format('%s (%s)', sqlerrm, sqlstate);
  end;
  insert into private.schedule_runs (name, started_at, finished_at, ok, message)
  values (schedule_name, began, clock_timestamp(), failure is null, failure);
end
$$;

insert into private.schedules (name, schedule, edge_function, description)
values ('anchor-audit-log', '*/5 * * * *', 'anchor-audit-log', 'Puts the heads of the audit log''s chains where the database cannot reach.')
on conflict (name) do nothing;
