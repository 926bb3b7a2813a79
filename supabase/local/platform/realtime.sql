-- Stands in for: the database side of Supabase Realtime, which migrations and policies may name. The server that reads
-- realtime.messages and sends it to open sockets is supabase/local/realtime.

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
-- What a socket that joins late asks for: the last messages of its topic.
create index if not exists messages_inserted_at_topic_index on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private is true;

-- Messages are kept for three days, a partition a day, made ahead of time. A broadcast without a partition would be lost (never
-- the write that caused it), so this runs before the first migration and then by the server, again and again.
create or replace function realtime.keep_partitions() returns void
language plpgsql
set search_path = ''
as $$
declare
  today constant date := (pg_catalog.now() at time zone 'UTC')::date;
  day date;
  partition_name text;
begin
  for day in select today + step from pg_catalog.generate_series(-1, 3) as step loop
    partition_name := 'messages_' || pg_catalog.to_char(day, 'YYYY_MM_DD');
    if pg_catalog.to_regclass('realtime.' || partition_name) is null then
      execute pg_catalog.format(
        'create table realtime.%I partition of realtime.messages for values from (%L) to (%L)', partition_name, day, day + 1
      );
      execute pg_catalog.format('alter table realtime.%I owner to supabase_realtime_admin', partition_name);
    end if;
  end loop;
  for partition_name in
    select relname from pg_catalog.pg_inherits
      join pg_catalog.pg_class on pg_class.oid = inhrelid
      where inhparent = 'realtime.messages'::regclass
        and relname < 'messages_' || pg_catalog.to_char(today - 3, 'YYYY_MM_DD')
  loop
    execute pg_catalog.format('drop table realtime.%I', partition_name);
  end loop;
end
$$;
alter function realtime.keep_partitions() owner to supabase_realtime_admin;
revoke execute on function realtime.keep_partitions() from public;
select realtime.keep_partitions();

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
  values (message_id, pg_catalog.jsonb_build_object('id', message_id) || payload, event, topic, private, 'broadcast');
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
  -- What the Realtime server reads, in commit order.
  if not exists (select from pg_catalog.pg_publication where pubname = 'supabase_realtime_messages_publication') then
    create publication supabase_realtime_messages_publication for table realtime.messages with (publish = 'insert');
  end if;
end
$$;
