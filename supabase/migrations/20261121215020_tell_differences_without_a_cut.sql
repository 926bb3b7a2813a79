-- Pieces of a difference come with their commas from concat_ws: no first comma to cut off again, row for row.

set local lock_timeout = '5s';

create or replace function private.audited_columns(target oid, redacted text[])
returns table (name text, "position" smallint, difference text, before text, after text)
language sql
stable
set search_path = ''
as $$
  select
    a.attname::text,
    a.attnum,
    format('case when %s then %L || %s::text end', piece.differs, to_json(a.attname::text) || ':', case
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
           case when there_before and there_now then concat(''{'', difference, ''}'') else whole::text end::json as changes
         from (
           select o.%1$I is not null as there_before, r.%1$I is not null as there_now,
             coalesce(r.%2$I, o.%2$I) as tenant,
             case when r.%1$I is null then concat_ws('','', %3$s) else concat_ws('','', %4$s) end as row_key,
             (%5$s)::text as label,
             case when o.%1$I is null then json_build_object(%6$s) when r.%1$I is null then json_build_object(%7$s) end as whole,
             concat_ws('','', %8$s) as difference
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

-- Statements are kept from when the tables were switched on.
update private.audited_tables
set shape = private.shape_of(target),
  on_insert = private.audit_statement(target, 'INSERT', redacted, tenant, label),
  on_update = private.audit_statement(target, 'UPDATE', redacted, tenant, label),
  on_delete = private.audit_statement(target, 'DELETE', redacted, tenant, label);
