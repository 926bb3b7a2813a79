-- The hash chain of each organization: event after event, each seal holding the hash of the one before. Written by a job and not
-- by the writers: a chain kept in the writer's transaction was measured to take 8 s for 20,000 rows, with everybody else waiting.

set local lock_timeout = '5s';

-- Which kinds of events an organization has: few rows, and what lists are filtered by.
create table if not exists private.audit_kinds (
  id bigint generated always as identity,
  organization_id uuid not null,
  table_name text not null,
  action text not null,
  actor text not null,
  constraint audit_kinds_pkey primary key (id),
  constraint audit_kinds_key unique (organization_id, table_name, action, actor)
);

comment on table private.audit_kinds is 'Each combination of table, action and actor that was sealed. No policies on purpose: functions only.';

alter table private.audit_kinds enable row level security;

create table if not exists private.audit_seals (
  organization_id uuid not null,
  sequence bigint not null,
  audit_id bigint not null,
  kind bigint not null,
  row_hash bigint not null,
  salt uuid,
  payload_digest bytea not null,
  row_digest bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  constraint audit_seals_pkey primary key (organization_id, sequence)
);

comment on table private.audit_seals is 'The hash chain over the audit log, an entry for each event. No policies on purpose: functions only.';
comment on column private.audit_seals.kind is 'Of private.audit_kinds: what lists are filtered by.';
comment on column private.audit_seals.row_hash is 'Of table and row: how the history of one row is found.';
comment on column private.audit_seals.salt is 'Without it nobody can guess an erased value by trying. Goes when the values are erased.';
comment on column private.audit_seals.payload_digest is 'Over salt, changes, label and actor''s name: they can be erased, and the chain still fits.';
comment on column private.audit_seals.row_digest is 'Over every other column and the payload''s digest.';
comment on column private.audit_seals.hash is 'Over the hash before, and all of this entry.';

create unique index if not exists audit_seals_organization_id_audit_id_key on private.audit_seals (organization_id, audit_id);
create index if not exists audit_seals_organization_id_kind_audit_id_idx on private.audit_seals (organization_id, kind, audit_id);
create index if not exists audit_seals_organization_id_row_hash_audit_id_idx on private.audit_seals (organization_id, row_hash, audit_id);

alter table private.audit_seals enable row level security;

-- A salt goes with the values it guards; nothing else ever changes.
create or replace function private.guard_audit_seals() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if new.salt is null
      and (new.organization_id, new.sequence, new.audit_id, new.kind, new.row_hash, new.payload_digest, new.row_digest, new.hash, new.sealed_at)
        = (old.organization_id, old.sequence, old.audit_id, old.kind, old.row_hash, old.payload_digest, old.row_digest, old.hash, old.sealed_at)
      and exists (
        select from private.audit_erasures as e where e.organization_id = old.organization_id and e.audit_id = old.audit_id
      )
    then
      return new;
    end if;
  end if;
  raise exception 'Seals of the audit log can only be added.' using errcode = 'PW040';
end
$$;

create or replace trigger _100_guard
before update or delete on private.audit_seals
for each row execute function private.guard_audit_seals();

create or replace trigger _100_guard_truncate
before truncate on private.audit_seals
for each statement execute function private.guard_audit_seals();

-- A JSON array keeps the parts apart: no two events write the same text. In plpgsql, here and below, because it keeps its plan
-- from row to row where SQL would plan anew.
create or replace function private.audit_payload_digest(event public.audit_log, salt uuid) returns bytea
language plpgsql
stable
set search_path = ''
as $$
begin
  return sha256(uuid_send(salt) || convert_to(json_build_array(event.changes::text, event.label, event.actor_name)::text, 'UTF8'));
end
$$;

create or replace function private.audit_row_digest(event public.audit_log, payload_digest bytea) returns bytea
language plpgsql
stable
set search_path = ''
as $$
begin
  return sha256(convert_to(json_build_array(
    event.organization_id, event.id, extract(epoch from event.occurred_at), event.actor, event.action, event.table_name,
    event.row_id, event.txid::text
  )::text, 'UTF8') || payload_digest);
end
$$;

create or replace function private.audit_row_hash(table_name text, row_id text) returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return hashtextextended(table_name || ' ' || row_id, 0);
end
$$;

-- What a seal says of itself, as bytes.
create or replace function private.audit_seal_body(
  sequence bigint, audit_id bigint, kind bigint, row_hash bigint, row_digest bytea, sealed_at timestamptz
) returns bytea
language plpgsql
stable
set search_path = ''
as $$
begin
  return int8send(sequence) || int8send(audit_id) || int8send(kind) || int8send(row_hash) || row_digest
    || int8send((extract(epoch from sealed_at) * 1000000)::bigint);
end
$$;

-- Where every chain begins; so that an organization's first event cannot be passed off as another's.
create or replace function private.audit_genesis(organization uuid) returns bytea
language sql
immutable
set search_path = ''
as $$
  select sha256(convert_to('audit ', 'UTF8') || uuid_send(organization))
$$;

-- Only what is committed can be seen, and so sealed: the chain's order is that of becoming visible. Killed midway, it has done
-- nothing; called twice at once, the second goes away. It touches no row that a writer waits for.
create or replace function private.seal_audit_log() returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  most_rows constant bigint := 100000;
  taken bigint[];
  chain uuid;
  head private.audit_seals;
  hash bytea;
  entry record;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('private.seal_audit_log', 0)) then
    return;
  end if;
  -- As many statements as fit into one short transaction, and at least one.
  taken := array(
    select p.id
    from (
      select id, sum(last_id - first_id + 1) over (order by id) - (last_id - first_id + 1) as before from private.audit_pending
      order by id limit 10000
    ) as p
    where p.before < most_rows
  );

  insert into private.audit_kinds (organization_id, table_name, action, actor)
  select distinct e.organization_id, e.table_name, e.action, e.actor
  from private.audit_pending as p
  join public.audit_log as e on e.organization_id = p.organization_id and e.id between p.first_id and p.last_id and e.txid = p.txid
  where p.id = any (taken)
    and not exists (
      select from private.audit_kinds as k
      where k.organization_id = e.organization_id and k.table_name = e.table_name and k.action = e.action and k.actor = e.actor
    );

  for chain in select distinct p.organization_id from private.audit_pending as p where p.id = any (taken) loop
    select * into head from private.audit_seals as s where s.organization_id = chain order by s.sequence desc limit 1;
    hash := coalesce(head.hash, private.audit_genesis(chain));
    for entry in
      select salted.*, private.audit_row_digest(salted.event, salted.payload_digest) as row_digest
      from (
        select drawn.*, private.audit_payload_digest(drawn.event, drawn.salt) as payload_digest
        from (
          select
            e.id, e as event, k.id as kind, private.audit_row_hash(e.table_name, e.row_id) as row_hash, gen_random_uuid() as salt,
            coalesce(head.sequence, 0) + row_number() over (order by e.id) as sequence
          from private.audit_pending as p
          join public.audit_log as e
            on e.organization_id = p.organization_id and e.id between p.first_id and p.last_id and e.txid = p.txid
          join private.audit_kinds as k
            on k.organization_id = e.organization_id and k.table_name = e.table_name and k.action = e.action and k.actor = e.actor
          where p.organization_id = chain and p.id = any (taken)
          -- Each salt is drawn, and each digest computed, once, and not again for each use.
          offset 0
        ) as drawn
        offset 0
      ) as salted
      order by salted.sequence
    loop
      hash := sha256(hash || private.audit_seal_body(entry.sequence, entry.id, entry.kind, entry.row_hash, entry.row_digest, now()));
      insert into private.audit_seals (
        organization_id, sequence, audit_id, kind, row_hash, salt, payload_digest, row_digest, hash, sealed_at
      )
      values (chain, entry.sequence, entry.id, entry.kind, entry.row_hash, entry.salt, entry.payload_digest, entry.row_digest, hash, now());
    end loop;
  end loop;

  delete from private.audit_pending as p where p.id = any (taken);
end
$$;

comment on function private.seal_audit_log is 'Adds what is committed and not sealed yet to the hash chains.';

insert into private.schedules (name, schedule, function_name, description)
values ('seal-audit-log', '30 seconds', 'seal_audit_log', 'Adds new events of the audit log to the hash chains.')
on conflict (name) do nothing;
