-- One way for a table to be live: its migration says who may listen to it, and statement-level triggers tell them which rows changed and
-- which columns, never what they hold. One message a statement and topic; of many rows just that the table is to be read again.
--
-- A message is for whoever can see the row as it is now. Who could see it before, and no longer can (another partner's people, a former
-- owner), hears that it is gone, which is what it is for them.

set local lock_timeout = '5s';

do $$
begin
  if to_regtype('private.live_row') is null then
    create type private.live_row as (
      organization_id uuid, id uuid, version bigint, columns text[],
      for_all boolean, was_for_all boolean, partner_id uuid, was_partner_id uuid, person_id uuid, was_person_id uuid,
      for_portal boolean, was_for_portal boolean
    );
  end if;
end
$$;

comment on type private.live_row is
  'A row that changed, and who could see it before and can now. Of portals: only where what they show of it is another.';

-- People of the partner see something new, or something less: no more is said. Without partners it is for every portal.
create or replace function private.tell_portals(changed_table text, organization uuid, partners uuid[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.tell(
    format('org:%s:partner:%s:portal#%s', organization, guest.partner_id, private.live_epoch_of(organization)), 'refetch',
    jsonb_build_object('table', changed_table)
  )
  from (
    select distinct m.partner_id from public.partner_members as m
    where m.organization_id = organization and m.status = 'active' and (partners is null or m.partner_id = any (partners))
  ) as guest;
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
  insert into private.live_changes (organization_id, area, table_name, op)
  select o.id, area, changed_table, op from public.organizations as o where o.id = organization;
  perform private.tell(
    format('org:%s:notices#%s', organization, private.live_epoch_of(organization)), 'refetch', jsonb_build_object('table', changed_table)
  );
  if is_for_every_portal or portals <> '{}' then
    perform private.tell_portals(changed_table, organization, case when not is_for_every_portal then portals end);
  end if;
end
$$;

-- Whether somebody hears of rows of their own on the topic of their own: an active member who holds the permission, unless they hear of
-- the same rows with everybody else.
create or replace function private.listens_to_own(organization uuid, person uuid, area text, is_for_all boolean) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.memberships as m
    join private.live_areas as a on a.area = $3
    join public.role_permissions as held on held.role_id = m.role_id and held.permission = a.permission
    where m.organization_id = organization and m.user_id = person and m.status = 'active'
      and (held.scope = 'own' or not is_for_all)
      and not exists (select from private.suspended_organizations as s where s.id = m.organization_id)
  );
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
      select m.organization_id, m.listener, m.listener_id, m.op, m.ids, case when m.op <> 'delete' then m.versions end as versions,
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
      where m.listener <> 'person' or m.organization_id is null
        or private.listens_to_own(m.organization_id, m.listener_id, area, m.is_for_all)
    ),
    recorded as (
      insert into private.live_changes (organization_id, area, table_name, op, ids, versions, columns, partner_ids, person_id)
      select m.organization_id, area, changed_table, m.op, m.ids, m.versions, m.columns, nullif(m.partner_ids, '{}'), m.listener_id
      from message as m
      -- One that is being deleted, with everything it has, is gone already.
      join public.organizations as o on o.id = m.organization_id
      where m.listener <> 'partner'
    )
    select
      case m.listener
        when 'all' then format('org:%s:%s#%s', m.organization_id, area, coalesce(e.epoch, 1))
        -- After the subject comes what else the area says: partners:tasks is partner:<id>:tasks.
        when 'partner' then format(
          'org:%s:partner:%s%s#%s', m.organization_id, m.listener_id, substr(area, length('partners') + 1), coalesce(e.epoch, 1)
        )
        else 'user:' || m.listener_id
      end as topic,
      jsonb_strip_nulls(jsonb_build_object(
        'table', changed_table, 'op', m.op, 'ids', m.ids, 'versions', m.versions, 'columns', m.columns,
        'partner_ids', nullif(m.partner_ids, '{}'), 'organization_id', case when m.listener = 'person' then m.organization_id end
      )) as payload
    from message as m
    left join private.live_epochs as e on e.organization_id = m.organization_id
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

-- What is live, and the shape of the table that its triggers were made for.
create table if not exists private.live_tables (
  target regclass not null,
  area text,
  shape bigint not null,
  constraint live_tables_pkey primary key (target),
  constraint live_tables_area_fkey foreign key (area) references private.live_areas (area) on delete restrict
);

comment on table private.live_tables is 'Tables that tell of their changes. No policies on purpose: private.switch_on_live only.';
comment on column private.live_tables.area is 'Empty where only the person hears that it is about.';
comment on column private.live_tables.shape is 'When it is another now, a column was added since and has to be told of: switch it on again.';

alter table private.live_tables enable row level security;

create index if not exists live_tables_area_idx on private.live_tables (area);

-- The columns that differ between n and o. How often a row was written, by whom and when, is not worth telling.
create or replace function private.live_difference(target regclass) returns text
language sql
stable
set search_path = ''
as $$
  select format('array_remove(array[%s]::text[], null)', string_agg(
    format('case when o.%1$I%2$s is distinct from n.%1$I%2$s then %1$L end', a.attname, case
      when a.atttypid in ('json'::regtype, 'xml'::regtype) then '::text' else ''
    end), ', ' order by a.attnum
  ))
  from pg_catalog.pg_attribute as a
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped
    and a.attname not in ('version', 'created_at', 'updated_at', 'updated_by', 'client_key')
    and a.attname::text <> all (private.primary_key(target))
$$;

-- The rows of one statement, as private.live_row. Expressions are over n, the row as it is now; the same over o say what was.
create or replace function private.live_statement(
  target regclass, command text, organization text, row_id text, partner text, everyone text, person text, portal text, portal_columns text[]
) returns text
language sql
stable
set search_path = ''
as $$
  select format(
    case command
      when 'insert' then
        'select %1$s as organization_id, %2$s as id, %3$s as version, ''{}''::text[] as columns, %4$s as for_all, false as was_for_all,
           %5$s as partner_id, null::uuid as was_partner_id, %6$s as person_id, null::uuid as was_person_id,
           %7$s is not null as for_portal, false as was_for_portal
         from new_rows as n'
      when 'delete' then
        'select %10$s as organization_id, %11$s as id, null::bigint as version, ''{}''::text[] as columns, false as for_all,
           %12$s as was_for_all, null::uuid as partner_id, %13$s as was_partner_id, null::uuid as person_id, %14$s as was_person_id,
           false as for_portal, %15$s is not null as was_for_portal
         from old_rows as o'
      else
        -- A full join, because a plan made for one row is kept and has to hold for 10,000.
        'select r.organization_id, r.id, r.version, r.columns, r.for_all, r.was_for_all, r.partner_id, r.was_partner_id, r.person_id,
           r.was_person_id, r.portal is not null and r.is_other as for_portal, r.was_portal is not null and r.is_other as was_for_portal
         from (
           select compared.*, compared.columns && %9$L::text[] or compared.portal is distinct from compared.was_portal
             or compared.partner_id is distinct from compared.was_partner_id as is_other
           from (
             select coalesce(%1$s, %10$s) as organization_id, coalesce(%2$s, %11$s) as id, %3$s as version, %8$s as columns,
               n.%17$I is not null and %4$s as for_all, o.%17$I is not null and %12$s as was_for_all,
               %5$s as partner_id, %13$s as was_partner_id, %6$s as person_id, %14$s as was_person_id,
               case when n.%17$I is not null then %7$s end as portal,
               case when o.%17$I is not null then %15$s end as was_portal
             from new_rows as n full join old_rows as o on %16$s
             offset 0
           ) as compared
           where compared.columns <> ''{}''
         ) as r'
    end,
    organization, row_id,
    case when exists (
      select from pg_catalog.pg_attribute as a where a.attrelid = target and a.attname = 'version' and not a.attisdropped
    ) then 'n.version' else 'null::bigint' end,
    everyone, partner, person, portal, private.live_difference(target), portal_columns,
    regexp_replace(organization, '\mn\.', 'o.', 'g'), regexp_replace(row_id, '\mn\.', 'o.', 'g'),
    regexp_replace(everyone, '\mn\.', 'o.', 'g'), regexp_replace(partner, '\mn\.', 'o.', 'g'),
    regexp_replace(person, '\mn\.', 'o.', 'g'), regexp_replace(portal, '\mn\.', 'o.', 'g'),
    (select string_agg(format('o.%I = n.%1$I', part.name), ' and ') from unnest(private.primary_key(target)) as part (name)),
    (private.primary_key(target))[1]
  )
$$;

-- For migrations. Everything but the area and columns is SQL over n. everyone: whether those who may listen to the area may see the row;
-- person: whose own it is, who hears of it on user:<person>; portal: a text, empty (null) where people of its partner do not see it, that
-- is another when they see it as something else; portal_columns: what else they see of it.
create or replace function private.switch_on_live(
  target regclass, area text, everyone text default 'true', person text default 'null::uuid', portal text default 'null',
  portal_columns text[] default '{}', partner text default null, organization text default 'n.organization_id', row_id text default 'n.id'
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  most_rows constant integer := 200;
  table_name constant text := (select c.relname from pg_catalog.pg_class as c where c.oid = target);
  columns constant text[] := array(
    select a.attname::text from pg_catalog.pg_attribute as a where a.attrelid = target and a.attnum > 0 and not a.attisdropped
  );
  of_partner constant text := coalesce(partner, case when 'partner_id' = any (columns) then 'n.partner_id' else 'null::uuid' end);
  command record;
  writer text;
begin
  if not portal_columns <@ columns then
    raise exception '% has no column %.', target, array(select unnest(portal_columns) except select unnest(columns));
  end if;
  insert into private.live_tables (target, area, shape) values (target, area, private.shape_of(target))
  on conflict on constraint live_tables_pkey do update set area = excluded.area, shape = excluded.shape;
  for command in
    select given.*, private.live_statement(
      target, given.name, organization, row_id, of_partner, format('coalesce(%s, false)', everyone), format('(%s)', person),
      format('(%s)::text', portal), portal_columns
    ) as statement
    from (values
      ('insert', 'new table as new_rows', 'new_rows'),
      ('update', 'old table as old_rows new table as new_rows', 'new_rows'),
      ('delete', 'old table as old_rows', 'old_rows')
    ) as given (name, transition, main)
  loop
    writer := format('broadcast_%s_on_%s', table_name, command.name);
    -- Definer, because nobody may add to what is told but through here. Whatever fails in it, the write stands. An upsert fires the
    -- triggers of both commands, one of them for nothing.
    execute format(
      $function$
        create or replace function private.%1$I() returns trigger
        language plpgsql
        volatile
        security definer
        set search_path = ''
        set enable_mergejoin = off
        set jit = off
        as %2$L
      $function$,
      writer,
      format(
        $body$
declare
  rows private.live_row[];
begin
  if not exists (select from %1$s) then
    return null;
  end if;
  begin
    if (select count(*) from (select from %1$s limit %2$s) as few) < %2$s
      or (select count(*) from (select from (%3$s) as told limit %2$s) as few) < %2$s
    then
      rows := array(select told::private.live_row from (%3$s) as told);
      if rows <> '{}' then
        perform private.tell_of_rows(%4$L, %5$L, %6$L, rows);
      end if;
    else
      perform private.tell_of_many(%4$L, %5$L, %6$L, many.organization_id, many.portals, many.is_for_every_portal)
      from (
        select r.organization_id, array_agg(distinct p.id) filter (where p.is_shown) as portals,
          bool_or(p.is_shown and p.id is null) as is_for_every_portal
        from (%3$s) as r
        cross join lateral (values (r.partner_id, r.for_portal), (r.was_partner_id, r.was_for_portal)) as p (id, is_shown)
        where r.organization_id is not null
        group by r.organization_id
      ) as many;
    end if;
  exception when others then
    raise warning 'Nobody was told of a change of %4$s: %%', sqlerrm;
  end;
  return null;
end
$body$,
        command.main, most_rows + 1, command.statement, table_name, area, command.name
      )
    );
    execute format(
      'create or replace trigger _900_broadcast_%s after %1$s on %s referencing %s for each statement execute function private.%I()',
      command.name, target, command.transition, writer
    );
  end loop;
end
$$;

comment on function private.switch_on_live is
  'For migrations: from now on each insert, update and delete on the table is told to those who may listen. Ask again to change how.';
