-- A write that was on its way while the epoch was raised speaks under the old one, where nobody listens any more; and whoever moved to
-- the new one may have asked for what they missed before that write was committed. It is rare and lasts as long as a write; but then a
-- screen would stay as it is. So the epoch of each change is kept, and what came too late is told again, as something to be read anew.

set local lock_timeout = '5s';

alter table private.live_changes add column if not exists epoch bigint not null default 1;
alter table private.live_epochs add column if not exists running xid8;
alter table private.live_epochs add column if not exists awaited xid8;

comment on column private.live_changes.epoch is 'Under which it was told.';
comment on column private.live_epochs.running is 'The oldest transaction that was running when it was raised; empty once all of those are over.';
comment on column private.live_epochs.awaited is 'The first transaction of which it is certain that it knows the new epoch.';

-- In the order of ids, so that two who raise several never wait for each other. An organization that is just being deleted needs none.
create or replace function private.raise_live_epochs(organizations uuid[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  raised private.live_epochs;
begin
  for raised in
    insert into private.live_epochs as e (organization_id, running)
    select o.id, pg_snapshot_xmin(pg_current_snapshot()) from public.organizations as o where o.id = any (organizations) order by o.id
    on conflict on constraint live_epochs_pkey do update
    set epoch = e.epoch + 1, raised_at = excluded.raised_at, raised_by = excluded.raised_by, running = excluded.running, awaited = null
    where e.raised_by <> excluded.raised_by
    returning e.*
  loop
    perform private.tell(
      format('org:%s:%s#%s', raised.organization_id, listener.subject, raised.epoch - 1), 'epoch',
      jsonb_build_object('organization_id', raised.organization_id, 'epoch', raised.epoch)
    )
    from (
      select 'notices' as subject
      union all
      -- Portals hear no notices.
      select distinct format('partner:%s:portal', m.partner_id)
      from public.partner_members as m
      where m.organization_id = raised.organization_id and m.status = 'active'
    ) as listener;
  end loop;
end
$$;

-- Too much to name.
create or replace function private.tell_of_many(
  changed_table text, area text, op text, organization uuid, portals uuid[], is_for_every_portal boolean
) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into private.live_changes (organization_id, area, table_name, op, epoch)
  select o.id, area, changed_table, op, private.live_epoch_of(o.id) from public.organizations as o where o.id = organization;
  perform private.tell(
    format('org:%s:notices#%s', organization, private.live_epoch_of(organization)), 'refetch', jsonb_build_object('table', changed_table)
  );
  if is_for_every_portal or portals <> '{}' then
    perform private.tell_portals(changed_table, organization, case when not is_for_every_portal then portals end);
  end if;
end
$$;

create or replace function private.tell_of_rows(changed_table text, area text, op text, rows private.live_row[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  most_partners constant integer := 20;
  changed constant text[] := case when op = 'update' then array(
    select distinct c.name from unnest(rows) as r cross join unnest(r.columns) as c (name) order by c.name
  ) end;
  crowded constant uuid[] := case when cardinality(rows) * 2 > most_partners then array(
    select r.organization_id from unnest(rows) as r cross join unnest(array[r.partner_id, r.was_partner_id]) as p (id)
    where p.id is not null
    group by r.organization_id having count(distinct p.id) > most_partners
  ) else '{}' end;
  message record;
begin
  for message in
    with heard as (
      -- Somebody may write the same row twice in one statement, as it looks from a key that is not the row's own.
      select distinct r.organization_id, seen.listener, seen.id as listener_id, case when seen.now then op else 'delete' end as op,
        r.id, r.version, r.partner_id, r.was_partner_id, r.for_all
      from unnest(rows) as r
      cross join lateral (values
        ('all', null::uuid, r.for_all, r.was_for_all),
        ('partner', r.partner_id, r.for_all, r.was_for_all),
        ('partner', case when r.was_partner_id is distinct from r.partner_id then r.was_partner_id end, false, r.was_for_all),
        ('person', r.person_id, true, false),
        ('person', case when r.was_person_id is distinct from r.person_id then r.was_person_id end, false, true)
      ) as seen (listener, id, now, before)
      where (seen.now or seen.before) and (seen.listener = 'all' or seen.id is not null)
        and (r.organization_id is null or r.organization_id <> all (crowded))
    ),
    message as materialized (
      select m.organization_id, m.listener, m.listener_id, m.op, m.ids, coalesce(e.epoch, 1) as epoch, case when m.op <> 'delete' then m.versions end as versions,
        case when m.op = 'update' then changed end as columns,
        case when m.listener = 'all' then array(
          select distinct p.id from unnest(m.partners || m.former_partners) as p (id) where p.id is not null
        ) when m.op <> 'delete' then array(select distinct p.id from unnest(m.partners) as p (id) where p.id is not null) end as partner_ids
      from (
        select h.organization_id, h.listener, h.listener_id, h.op, array_agg(h.id) as ids,
          array_agg(h.version) filter (where h.version is not null) as versions,
          -- A partner is not its own.
          array_agg(nullif(h.partner_id, h.id)) as partners, array_agg(nullif(h.was_partner_id, h.id)) as former_partners,
          bool_or(h.for_all) as is_for_all
        from heard as h
        group by h.organization_id, h.listener, h.listener_id, h.op
      ) as m
      left join private.live_epochs as e on e.organization_id = m.organization_id
      where m.listener <> 'person' or m.organization_id is null
        or private.listens_to_own(m.organization_id, m.listener_id, area, m.is_for_all)
    ),
    recorded as (
      insert into private.live_changes (organization_id, area, table_name, op, ids, versions, columns, partner_ids, person_id, epoch)
      select m.organization_id, area, changed_table, m.op, m.ids, m.versions, m.columns, nullif(m.partner_ids, '{}'), m.listener_id, m.epoch
      from message as m
      -- One that is being deleted, with everything it has, is gone already.
      join public.organizations as o on o.id = m.organization_id
      where m.listener <> 'partner'
    )
    select
      case m.listener
        when 'all' then format('org:%s:%s#%s', m.organization_id, area, m.epoch)
        -- After the subject comes what else the area says: partners:tasks is partner:<id>:tasks.
        when 'partner' then format(
          'org:%s:partner:%s%s#%s', m.organization_id, m.listener_id, substr(area, length('partners') + 1), m.epoch
        )
        else 'user:' || m.listener_id
      end as topic,
      jsonb_strip_nulls(jsonb_build_object(
        'table', changed_table, 'op', m.op, 'ids', m.ids, 'versions', m.versions, 'columns', m.columns,
        'partner_ids', nullif(m.partner_ids, '{}'), 'organization_id', case when m.listener = 'person' then m.organization_id end
      )) as payload
    from message as m
  loop
    perform private.tell(message.topic, 'changes', message.payload);
  end loop;

  if crowded <> '{}' then
    perform private.tell_of_many(changed_table, area, op, c.id, '{}', false) from unnest(crowded) as c (id);
  end if;

  perform private.tell_portals(changed_table, shown.organization_id, case when not shown.everywhere then shown.partners end)
  from (
    select r.organization_id, array_agg(p.id) as partners, bool_or(p.id is null) as everywhere
    from unnest(rows) as r
    cross join lateral (values (r.partner_id, r.for_portal), (r.was_partner_id, r.was_for_portal)) as p (id, is_shown)
    where p.is_shown
    group by r.organization_id
  ) as shown;
end
$$;

-- When every transaction is over that can have known the old epoch, what they changed under it is told under the new one. The rows are
-- taken as they are free: two who raise several epochs wait for each other in the order of ids, and for nobody else.
create or replace function private.tell_late_changes() returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  now_running constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
  settled constant uuid[] := array(
    select e.organization_id from private.live_epochs as e where e.awaited <= now_running order by e.organization_id for update skip locked
  );
begin
  perform private.tell(
    format('org:%s:notices#%s', late.organization_id, late.epoch), 'refetch', jsonb_build_object('table', late.table_name)
  )
  from (
    select distinct e.organization_id, e.epoch, c.table_name
    from private.live_epochs as e
    join private.live_changes as c on c.organization_id = e.organization_id and c.txid >= e.running and c.epoch < e.epoch
    where e.organization_id = any (settled)
  ) as late;
  update private.live_epochs as e set running = null, awaited = null where e.organization_id = any (settled);
  update private.live_epochs as e set awaited = pg_snapshot_xmax(pg_current_snapshot())
  where e.organization_id in (
    select raised.organization_id from private.live_epochs as raised
    where raised.running is not null and raised.awaited is null
    order by raised.organization_id
    for update skip locked
  );
end
$$;

insert into private.schedules (name, schedule, function_name, description)
values ('tell-late-changes', '30 seconds', 'tell_late_changes', 'Tells again what was written while rights were taken away.')
on conflict (name) do nothing;
