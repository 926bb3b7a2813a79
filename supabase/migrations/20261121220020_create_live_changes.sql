-- What a screen missed while it was asleep, offline or on its way to another epoch. Messages are not kept for long and are read by
-- nobody later; what they told of is, for a day, and whoever may listen may ask for it.

set local lock_timeout = '5s';

create table if not exists private.live_changes (
  organization_id uuid not null,
  txid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  area text not null,
  table_name text not null,
  op text not null,
  ids uuid[],
  versions bigint[],
  columns text[],
  partner_ids uuid[],
  person_id uuid,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint live_changes_pkey primary key (organization_id, txid, id),
  constraint live_changes_op_check check (op in ('insert', 'update', 'delete'))
);

comment on table private.live_changes is
  'What changed within the last day, for those who were not listening. No policies on purpose: public.changes_since only.';
comment on column private.live_changes.organization_id is 'Without a foreign key, which each write would wait for; what an organization leaves behind goes with it.';
comment on column private.live_changes.ids is 'Empty where it was too much to name: whoever shows the table reads it again.';
comment on column private.live_changes.person_id is 'Set where it is about rows of this person''s own, and for nobody else.';

alter table private.live_changes enable row level security;

create table if not exists private.live_horizon (
  is_only boolean not null default true,
  txid xid8 not null,
  constraint live_horizon_pkey primary key (is_only),
  constraint live_horizon_is_only_check check (is_only)
);

comment on table private.live_horizon is
  'The last transaction of which changes were forgotten. No policies on purpose: the schedule that forgets them writes it.';

alter table private.live_horizon enable row level security;

insert into private.live_horizon (txid) values ('0') on conflict do nothing;

-- Elsewhere, after a restore, transactions are counted from the beginning: the horizon is never ahead of them for long.
create or replace function private.forget_live_changes() returns void
language sql
volatile
set search_path = ''
as $$
  with forgotten as (
    delete from private.live_changes as c where c.recorded_at < now() - interval '1 day' returning c.txid
  ),
  last as (
    select f.txid from forgotten as f order by f.txid desc limit 1
  )
  update private.live_horizon as h
  set txid = greatest(least(h.txid, pg_snapshot_xmin(pg_current_snapshot())), coalesce((select last.txid from last), h.txid))
$$;

insert into private.schedules (name, schedule, function_name, description)
values ('forget-live-changes', '47 * * * *', 'forget_live_changes', 'Keeps one day of changes for screens that come back.')
on conflict (name) do nothing;

-- What goes with an organization is told after this, and no longer recorded.
create or replace function private.forget_changes_of_organizations() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  delete from private.live_changes as c using old_rows as gone where c.organization_id = gone.id;
  return null;
end
$$;

create or replace trigger _900_forget_live_changes
after delete on public.organizations
referencing old table as old_rows
for each statement execute function private.forget_changes_of_organizations();

-- A cursor is the oldest transaction that was still running when it was given: what it or a later one changed is told, whenever it was
-- committed. Some of it may have been told before; versions tell. Definer, because clients have no right on what is kept here.
create or replace function private.changes_since(organization uuid, since text) returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  most constant integer := 500;
  now_running constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
  seen xid8;
  listening text[];
  owning text[];
  found jsonb := '[]';
begin
  if not coalesce(organization = any (private.my_organization_ids()), false) then
    raise exception 'You do not have the right to do this.' using errcode = 'insufficient_privilege';
  end if;
  if since ~ '^[0-9]{1,18}$' then
    seen := since::xid8;
  end if;
  if seen > (select h.txid from private.live_horizon as h) and seen <= now_running then
    listening := array(
      select a.area from private.live_areas as a
      where a.permission is null or organization = any (case
        when a.own_is_enough then private.organizations_where_i_hold(a.permission)
        else private.organizations_where_i_can(a.permission)
      end)
    );
    owning := array(
      select a.area from private.live_areas as a where organization = any (private.organizations_where_i_hold(a.permission))
    );
    select coalesce(jsonb_agg(jsonb_build_object(
      'table', c.table_name, 'op', c.op, 'ids', c.ids, 'versions', c.versions, 'columns', c.columns, 'partner_ids', c.partner_ids
    ) order by c.id), '[]')
    into found
    from (
      select given.* from private.live_changes as given
      where given.organization_id = organization and given.txid >= seen
        and (
          given.ids is null
          or given.person_id is null and given.area = any (listening)
          or given.person_id = (select auth.uid()) and given.area = any (owning)
        )
      order by given.txid, given.id
      limit most + 1
    ) as c;
    if jsonb_array_length(found) <= most then
      return jsonb_build_object(
        'cursor', now_running::text, 'epoch', private.live_epoch_of(organization), 'refetch', false, 'changes', found
      );
    end if;
  end if;
  return jsonb_build_object(
    'cursor', now_running::text, 'epoch', private.live_epoch_of(organization), 'refetch', since is not null, 'changes', '[]'::jsonb
  );
end
$$;

create or replace function public.changes_since(organization uuid, since text default null) returns jsonb
language sql stable set search_path = '' as $$ select private.changes_since(organization, since) $$;

comment on function public.changes_since is
  'What changed since a cursor, of what I may listen to: {cursor, epoch, refetch, changes}. Without one, where to begin. With refetch, read everything again.';

-- anon is deliberately absent.
grant execute on function private.changes_since(uuid, text), public.changes_since(uuid, text) to authenticated;
