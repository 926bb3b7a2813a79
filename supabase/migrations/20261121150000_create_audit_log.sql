-- Who changed what, from what to what, when. Appended in the writer's own transaction, so that there is no change without its
-- event and no event without its change; sealed into a hash chain afterwards, so that nobody waits for a chain.
--
-- One table and one index: a second table for what changed, or an index for each filter, was measured to cost a 20,000-row
-- statement more than the rest of its audit together. What lists need for filters is written when events are sealed.

set local lock_timeout = '5s';

create table if not exists public.audit_log (
  organization_id uuid not null,
  id bigint generated always as identity,
  occurred_at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  table_name text not null,
  row_id text not null,
  txid xid8 not null default pg_current_xact_id(),
  label text,
  actor_name text,
  changes json not null default '{}',
  constraint audit_log_pkey primary key (organization_id, id)
);

comment on table public.audit_log is
  'Who changed what, when. Insert, update and delete are absent on purpose: triggers and functions of the database append, nobody changes.';
comment on column public.audit_log.organization_id is
  'Without a foreign key: history outlives what it describes. Only zeros: an event of the platform, of no organization.';
comment on column public.audit_log.occurred_at is 'When the row was written, by the server''s clock; so it grows with the id.';
comment on column public.audit_log.actor is 'user:<uuid> or system:<job>.';
comment on column public.audit_log.action is 'insert, update, delete, denied, or what a function says happened.';
comment on column public.audit_log.row_id is 'The row''s primary key; several columns are joined by a comma.';
comment on column public.audit_log.txid is 'What one transaction did belongs together.';
comment on column public.audit_log.label is 'What the row was called, so that the log reads well after it is gone.';
comment on column public.audit_log.actor_name is 'What the person was called then.';
comment on column public.audit_log.changes is
  'Not jsonb: it is written often, searched never, and keeps the order of the columns. By column: [from, to] of an update, the value of an insert or delete, {"hidden": true} where the value is not kept.';

alter table public.audit_log enable row level security;

create policy select_auditor on public.audit_log for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('audit.read'))::uuid[]));

grant select on public.audit_log to authenticated, service_role;

-- Events of the platform, which belong to no organization, form a chain of their own.
create or replace function private.platform_chain() returns uuid
language sql
immutable
set search_path = ''
as $$
  select '00000000-0000-0000-0000-000000000000'::uuid
$$;

-- What has been appended and not sealed: one row for each statement and organization, so that a writer adds next to nothing.
create table if not exists private.audit_pending (
  id bigint generated always as identity,
  organization_id uuid not null,
  txid xid8 not null default pg_current_xact_id(),
  first_id bigint not null,
  last_id bigint not null,
  appended_at timestamptz not null default clock_timestamp(),
  constraint audit_pending_pkey primary key (id)
);

comment on table private.audit_pending is
  'Events that wait to be sealed, by statement: those of txid from first_id to last_id. No policies on purpose: functions only.';

create index if not exists audit_pending_organization_id_first_id_idx on private.audit_pending (organization_id, first_id);

alter table private.audit_pending enable row level security;

-- What was erased from the log, by whom, and why. The log's own guard asks here.
create table if not exists private.audit_erasures (
  organization_id uuid not null,
  audit_id bigint not null,
  erased_at timestamptz not null default now(),
  erased_by text not null,
  columns text[] not null,
  event_id bigint not null,
  constraint audit_erasures_pkey primary key (organization_id, audit_id)
);

comment on table private.audit_erasures is
  'Events whose values were erased because they were personal. No policies on purpose: private.erase_personal_data only.';
comment on column private.audit_erasures.event_id is 'The event in the same chain that tells of the erasure.';

alter table private.audit_erasures enable row level security;

-- What stands in the place of erased values.
create or replace function private.audit_tombstone(erasure private.audit_erasures) returns json
language sql
stable
set search_path = ''
as $$
  select json_build_object('erased', json_build_object(
    'at', to_char(erasure.erased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'by', erasure.erased_by,
    'columns', to_json(erasure.columns)
  ))
$$;

-- Also for the owner: a mistake in a migration or a console is refused like anybody else's. Who switches the trigger off leaves
-- a chain that no longer fits.
create or replace function private.guard_audit_log() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  erasure private.audit_erasures;
begin
  if tg_op = 'UPDATE' then
    select * into erasure from private.audit_erasures as e
    where e.organization_id = old.organization_id and e.audit_id = old.id;
    -- The one thing that may happen to an event: its values give way to the note that they were erased.
    if found and new.changes::text = private.audit_tombstone(erasure)::text and new.label is null and new.actor_name is null
      and (new.organization_id, new.id, new.occurred_at, new.actor, new.action, new.table_name, new.row_id, new.txid)
        = (old.organization_id, old.id, old.occurred_at, old.actor, old.action, old.table_name, old.row_id, old.txid)
    then
      return new;
    end if;
  end if;
  raise exception 'The audit log can only be added to.' using errcode = 'PW040';
end
$$;

create or replace trigger _100_guard
before update or delete on public.audit_log
for each row execute function private.guard_audit_log();

create or replace trigger _100_guard_truncate
before truncate on public.audit_log
for each statement execute function private.guard_audit_log();

create or replace function private.refuse_change() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception '% can only be added to.', tg_table_name using errcode = 'PW040';
end
$$;

create or replace trigger _100_guard
before update or delete or truncate on private.audit_erasures
for each statement execute function private.refuse_change();
