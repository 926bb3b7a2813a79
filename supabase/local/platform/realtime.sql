-- Stands in for: the database side of Supabase Realtime, which migrations and policies may name. The server that reads
-- realtime.messages and keeps its daily partitions is a part of its own.

create table if not exists realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp without time zone not null default now(),
  inserted_at timestamp without time zone not null default now(),
  id uuid not null default gen_random_uuid(),
  constraint messages_pkey primary key (id, inserted_at)
) partition by range (inserted_at);

alter table realtime.messages owner to supabase_realtime_admin;
alter table realtime.messages enable row level security;
-- Policies on this table decide who may receive (select) and send (insert); `postgres` writes them in migrations.
grant select, insert, update on realtime.messages to anon, authenticated, service_role, postgres;

create or replace function realtime.topic() returns text
language sql
stable
set search_path = ''
as $$
  select nullif(pg_catalog.current_setting('realtime.topic', true), '')
$$;

-- A broadcast that fails must never fail the write that caused it.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql
set search_path = ''
as $$
declare
  message_id uuid := gen_random_uuid();
begin
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, payload || pg_catalog.jsonb_build_object('id', message_id), event, topic, private, 'broadcast');
exception when others then
  raise warning 'The broadcast to "%" was not stored: %', topic, sqlerrm;
end
$$;

create or replace function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text, new record, old record,
  level text default 'ROW'
) returns void
language plpgsql
set search_path = ''
as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  perform realtime.send(
    pg_catalog.jsonb_build_object(
      'record', case when operation = 'DELETE' then null else pg_catalog.to_jsonb(new) end,
      'old_record', case when operation = 'INSERT' then null else pg_catalog.to_jsonb(old) end,
      'operation', operation, 'table', table_name, 'schema', table_schema
    ),
    event_name, topic_name, true
  );
end
$$;

-- Migrations add tables to it by name.
do $$
begin
  if not exists (select from pg_catalog.pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
    alter publication supabase_realtime owner to postgres;
  end if;
end
$$;
