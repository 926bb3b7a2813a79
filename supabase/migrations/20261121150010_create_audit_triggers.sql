-- One generic trigger that any tenant table switches on: exactly one event a row and statement, in the writer's transaction.
--
-- Its statements are built from the catalogue, anew when the table has changed: a column that a later migration adds is in the log
-- by itself. Columns are compared as what they are, and only what differs becomes JSON: whole rows as JSON were measured to cost
-- three times as much.

set local lock_timeout = '5s';

create or replace function private.primary_key(target oid) returns text[]
language sql
stable
set search_path = ''
as $$
  select array_agg(a.attname::text order by key_column.position)
  from pg_catalog.pg_constraint as key
  cross join lateral unnest(key.conkey) with ordinality as key_column (attnum, position)
  join pg_catalog.pg_attribute as a on a.attrelid = key.conrelid and a.attnum = key_column.attnum
  where key.conrelid = target and key.contype = 'p'
$$;

-- The columns of a table as pieces of SQL over r, the row as it is now, and o, the row as it was before. Left out is what is
-- not worth telling, because it follows from the rest or would be the same in every event.
create or replace function private.audited_columns(target oid, redacted text[])
returns table (name text, "position" smallint, difference text, before text, after text)
language sql
stable
set search_path = ''
as $$
  select
    a.attname::text,
    a.attnum,
    format('case when %s then %L || %s::text end', piece.differs, ',' || to_json(a.attname::text) || ':', case
      when is_redacted then 'private.hidden_value()' else format('json_build_array(o.%I, r.%1$I)', a.attname)
    end),
    format('%L, %s', a.attname, case when is_redacted then 'private.hidden_value()' else format('o.%I', a.attname) end),
    format('%L, %s', a.attname, case when is_redacted then 'private.hidden_value()' else format('r.%I', a.attname) end)
  from pg_catalog.pg_attribute as a
  join pg_catalog.pg_type as t on t.oid = a.atttypid
  left join pg_catalog.pg_collation as c on c.oid = a.attcollation
  cross join lateral (
    select a.attname::text = any (redacted) as is_redacted, case
      when coalesce(c.collisdeterministic, true) and coalesce(nullif(t.typelem, 0), t.oid) = any (array[
        'boolean', 'smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision', 'text', 'character varying', 'uuid',
        'date', 'timestamptz', 'timestamp', 'jsonb', 'bytea', 'inet'
      ]::regtype[]::oid[]) then format('o.%I is distinct from r.%1$I', a.attname)
      -- Equal is not always the same (citext, intervals, collations that fold), and some types know no equality: as text, then.
      else format('o.%I::text collate "C" is distinct from r.%1$I::text collate "C"', a.attname)
    end as differs
  ) as piece
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and a.attname not in ('organization_id', 'version', 'created_at', 'updated_at', 'updated_by')
    and a.attname::text <> all (private.primary_key(target))
$$;

create or replace function private.hidden_value() returns json
language sql
immutable
set search_path = ''
as $$
  select '{"hidden": true}'::json
$$;

-- What the person who acts is called now; nothing for a job.
create or replace function private.actor_name() returns text
language sql
stable
set search_path = ''
as $$
  select p.display_name from public.profiles as p where p.user_id = (select auth.uid())
$$;

-- The SQL that appends the events of one statement on a table.
create or replace function private.audit_statement(
  target oid, operation text, redacted text[], tenant text, label text
) returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'with logged as (
       insert into public.audit_log (organization_id, actor, actor_name, action, table_name, row_id, label, changes)
       select e.tenant, $1, $2, e.action, $3, e.row_key, e.label, e.changes from (%s) as e
       returning organization_id, id
     )
     insert into private.audit_pending (organization_id, first_id, last_id)
     select organization_id, min(id), max(id) from logged group by organization_id',
    case operation
      when 'INSERT' then format(
        'select ''insert'' as action, r.%I as tenant, concat_ws('','', %s) as row_key, (%s)::text as label,
           json_build_object(%s) as changes
         from new_rows as r', tenant, key.of_r, label, col.after)
      when 'DELETE' then format(
        'select ''delete'' as action, r.%I as tenant, concat_ws('','', %s) as row_key, (%s)::text as label,
           json_build_object(%s) as changes
         from old_rows as r', tenant, key.of_r, label, col.after)
      -- A row that was given another key is gone as the one and there as the other: hence the full join.
      else format(
        'select case when not there_before then ''insert'' when not there_now then ''delete'' else ''update'' end as action,
           tenant, row_key, label,
           case when there_before and there_now then ''{'' || substr(difference, 2) || ''}'' else whole::text end::json as changes
         from (
           select o.%1$I is not null as there_before, r.%1$I is not null as there_now,
             coalesce(r.%2$I, o.%2$I) as tenant,
             case when r.%1$I is null then concat_ws('','', %3$s) else concat_ws('','', %4$s) end as row_key,
             (%5$s)::text as label,
             case when o.%1$I is null then json_build_object(%6$s) when r.%1$I is null then json_build_object(%7$s) end as whole,
             concat(%8$s) as difference
           from new_rows as r full join old_rows as o on %9$s
           -- compared once, not for the condition and again for the result
           offset 0
         ) as compared
         where difference <> '''' or not there_before or not there_now',
        key.first, tenant, key.of_o, key.of_r, label, col.after, col.before, col.difference, key.same)
    end)
  from (
    select
      (array_agg(name order by position))[1] as first,
      string_agg(format('r.%I', name), ', ' order by position) as of_r,
      string_agg(format('o.%I', name), ', ' order by position) as of_o,
      string_agg(format('o.%I = r.%1$I', name), ' and ' order by position) as same
    from unnest(private.primary_key(target)) with ordinality as part (name, position)
  ) as key
  cross join (
    select
      coalesce(string_agg(c.difference, ', ' order by c.position), quote_literal('')) as difference,
      coalesce(string_agg(c.before, ', ' order by c.position), '') as before,
      coalesce(string_agg(c.after, ', ' order by c.position), '') as after
    from private.audited_columns(target, redacted) as c
  ) as col
$$;

-- Changes whenever a column is added, dropped, renamed or given another type.
create or replace function private.shape_of(target oid) returns bigint
language sql
stable
set search_path = ''
as $$
  select hashtextextended(string_agg(format('%s %s %s', a.attname, a.atttypid, a.attisdropped), ',' order by a.attnum), 0)
  from pg_catalog.pg_attribute as a
  where a.attrelid = target and a.attnum > 0
$$;

-- What is audited, and the statements for it: building one takes as long as a small write itself.
create table if not exists private.audited_tables (
  target regclass not null,
  redacted text[] not null,
  tenant text not null,
  label text not null,
  shape bigint not null,
  on_insert text not null,
  on_update text not null,
  on_delete text not null,
  constraint audited_tables_pkey primary key (target)
);

comment on table private.audited_tables is 'What leaves events, and by which statements. No policies on purpose: private.switch_on_audit only.';
comment on column private.audited_tables.tenant is 'The column that names the organization.';
comment on column private.audited_tables.label is 'What a row is called, as SQL over r.';
comment on column private.audited_tables.shape is 'Of the columns the statements were built for. When it changed, they are built anew each time.';

alter table private.audited_tables enable row level security;

-- Definer, because nobody may add to the log but through here. Actor, time and action are the server's own: nothing that a
-- client sends is asked. Times inside changes are written in UTC, whatever the writer's session says. The rows before and after
-- come unsorted: hashing them is a third of the work of sorting both.
create or replace function private.write_audit_events() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set timezone = 'UTC'
set enable_mergejoin = off
set jit = off
as $$
declare
  audited private.audited_tables;
  statement text;
begin
  -- An upsert fires the triggers of both commands, one of them for nothing.
  if tg_op = 'DELETE' then
    if not exists (select from old_rows) then return null; end if;
  elsif not exists (select from new_rows) then
    return null;
  end if;
  select * into strict audited from private.audited_tables as a where a.target = tg_relid;
  statement := case
    when audited.shape is distinct from private.shape_of(tg_relid)
      then private.audit_statement(tg_relid, tg_op, audited.redacted, audited.tenant, audited.label)
    when tg_op = 'INSERT' then audited.on_insert
    when tg_op = 'UPDATE' then audited.on_update
    else audited.on_delete
  end;
  execute statement using private.actor(), private.actor_name(), tg_table_name;
  return null;
end
$$;

create or replace function private.refuse_truncate() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception '% is audited and cannot be truncated: delete the rows.', tg_table_name using errcode = 'PW041';
end
$$;

-- For migrations. `label` is what a row is called, as SQL over r: 'r.display_name'. Columns in `redacted` are noted as changed,
-- without their values.
create or replace function private.switch_on_audit(target regclass, redacted text[] default '{}', label text default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  columns constant text[] := array(
    select a.attname::text from pg_catalog.pg_attribute as a where a.attrelid = target and a.attnum > 0 and not a.attisdropped
  );
  event record;
begin
  if not exists (select from pg_catalog.pg_constraint as key where key.conrelid = target and key.contype = 'p') then
    raise exception '% has no primary key: its rows could not be named in the log.', target;
  end if;
  if not redacted <@ columns then
    raise exception '% has no column %.', target, array(select unnest(redacted) except select unnest(columns));
  end if;
  if target <> 'public.organizations'::regclass and not 'organization_id' = any (columns) then
    raise exception '% belongs to no organization: nobody could read its events.', target;
  end if;
  insert into private.audited_tables (target, redacted, tenant, label, shape, on_insert, on_update, on_delete)
  select target, redacted, given.tenant, given.label, private.shape_of(target),
    private.audit_statement(target, 'INSERT', redacted, given.tenant, given.label),
    private.audit_statement(target, 'UPDATE', redacted, given.tenant, given.label),
    private.audit_statement(target, 'DELETE', redacted, given.tenant, given.label)
  from (
    select
      case when target = 'public.organizations'::regclass then 'id' else 'organization_id' end,
      coalesce(label, (select 'r.' || quote_ident(c) from unnest(array['name', 'title']) as c where c = any (columns) limit 1), 'null')
  ) as given (tenant, label)
  on conflict on constraint audited_tables_pkey do update
  set redacted = excluded.redacted, tenant = excluded.tenant, label = excluded.label, shape = excluded.shape,
    on_insert = excluded.on_insert, on_update = excluded.on_update, on_delete = excluded.on_delete;
  for event in
    select * from (values
      ('insert', 'new table as new_rows'), ('update', 'old table as old_rows new table as new_rows'), ('delete', 'old table as old_rows')
    ) as given (command, tables)
  loop
    execute format(
      'create or replace trigger _700_audit_%s after %1$s on %s referencing %s for each statement execute function private.write_audit_events()',
      event.command, target, event.tables
    );
  end loop;
  execute format(
    'create or replace trigger _700_audit_truncate before truncate on %s for each statement execute function private.refuse_truncate()', target
  );
end
$$;

comment on function private.switch_on_audit is
  'For migrations: from now on each insert, update and delete on the table leaves an event. Ask again to change redacted or label.';

-- For what is no change of a row. Definer, because nobody may add to the log but through here.
create or replace function private.record_audit(
  organization uuid, action text, subject_table text, subject_id text, changes jsonb default '{}', subject_label text default null
) returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
  with logged as (
    insert into public.audit_log (organization_id, actor, actor_name, action, table_name, row_id, label, changes)
    values (
      coalesce(organization, private.platform_chain()), private.actor(), private.actor_name(),
      action, subject_table, coalesce(subject_id, ''), subject_label, coalesce(changes, '{}')::json
    )
    returning organization_id, id
  )
  insert into private.audit_pending (organization_id, first_id, last_id)
  select organization_id, id, id from logged
  returning first_id
$$;

comment on function private.record_audit is 'Adds an event that is no change of a row. Without an organization it is one of the platform.';

-- Somebody tried what they may not. The reason is a sentence of ours; what they sent is not kept, it may hold secrets.
create or replace function private.record_denied(
  organization uuid, action text, subject_table text, subject_id text, reason text
) returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
  select private.record_audit(
    (select o.id from public.organizations as o where o.id = organization), 'denied', subject_table,
    left(subject_id, 200), jsonb_build_object('attempted', left(action, 100), 'reason', left(reason, 300))
  )
$$;

comment on function private.record_denied is
  'Adds that somebody was refused. The caller must not raise afterwards: that would undo it.';
