// The catalogue queries. Each returns one JSON value; they run with an empty search_path, so every type name is complete.
import { literal } from "../sql/text.ts";

const USER_SCHEMAS = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp_)'`;

const COLUMN_DEFAULT = `case
  when a.attgenerated <> '' then null
  when a.attidentity <> '' then (
    select format('nextval(%L)', d.objid::regclass) from pg_depend d
    where d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
      and d.classid = 'pg_class'::regclass and d.deptype = 'i' limit 1)
  else coalesce(pg_get_expr(ad.adbin, ad.adrelid), t.typdefault)
end`;

/** The functions of `create cast … as implicit` between a domain and json or text. */
const REPRESENTATIONS = `case when t.typtype = 'd' then (
  select json_object_agg(
    case when p.castsource = t.oid then 'to_json' when p.castsource = 'json'::regtype then 'from_json' else 'from_text' end,
    json_build_object('schema', fn.nspname, 'name', f.proname))
  from pg_cast p
  join pg_proc f on f.oid = p.castfunc
  join pg_namespace fn on fn.oid = f.pronamespace
  where p.castcontext = 'i' and p.castmethod = 'f' and has_function_privilege(f.oid, 'execute')
    and (p.castsource = t.oid and p.casttarget = 'json'::regtype
      or p.casttarget = t.oid and p.castsource in ('json'::regtype, 'text'::regtype)))
end`;

export const TABLES = `
select coalesce(json_agg(row_to_json(x)), '[]')::text as value from (
  select c.oid::int8::text as oid, n.nspname as schema, c.relname as name, c.relkind in ('v', 'm') as is_view,
    obj_description(c.oid, 'pg_class') as description,
    pg_relation_is_updatable(c.oid, true) as writable,
    (select coalesce(json_agg(json_build_object(
        'number', a.attnum, 'name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod),
        'base_type', format_type(case when t.typtype = 'd' then pg_basetype(t.oid) else a.atttypid end, null),
        'nullable', not (a.attnotnull or t.typtype = 'd' and t.typnotnull),
        'default', ${COLUMN_DEFAULT},
        'representations', ${REPRESENTATIONS},
        'description', col_description(c.oid, a.attnum),
        'enum', (select coalesce(json_agg(e.enumlabel order by e.enumsortorder), '[]') from pg_enum e
                 where e.enumtypid = case when t.typtype = 'd' then pg_basetype(t.oid) else t.oid end),
        'max_length', information_schema._pg_char_max_length(a.atttypid, a.atttypmod)
      ) order by a.attnum), '[]')
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(json_agg(k.attname order by u.position), '[]')
      from pg_constraint pk
      cross join unnest(pk.conkey) with ordinality as u (attnum, position)
      join pg_attribute k on k.attrelid = pk.conrelid and k.attnum = u.attnum
      where pk.conrelid = c.oid and pk.contype = 'p') as primary_key
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm', 'f', 'p') and ${USER_SCHEMAS}
) x`;

export const FOREIGN_KEYS = `
select coalesce(json_agg(row_to_json(x)), '[]')::text as value from (
  select fk.conname as constraint, fk.conrelid::int8::text as table_oid, fk.confrelid::int8::text as foreign_oid,
    (select json_agg(json_build_array(a.attname, f.attname) order by u.position)
      from unnest(fk.conkey, fk.confkey) with ordinality as u (own, other, position)
      join pg_attribute a on a.attrelid = fk.conrelid and a.attnum = u.own
      join pg_attribute f on f.attrelid = fk.confrelid and f.attnum = u.other) as columns,
    exists (
      select from pg_constraint k where k.conrelid = fk.conrelid and k.contype in ('p', 'u')
        and k.conkey @> fk.conkey and k.conkey <@ fk.conkey) as one_to_one
  from pg_constraint fk
  where fk.contype = 'f' and fk.conparentid = 0
  order by fk.conrelid, fk.conname
) x`;

export const VIEW_RULES = `
select coalesce(json_agg(row_to_json(x)), '[]')::text as value from (
  select c.oid::int8::text as oid, r.ev_action::text as rule
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
  where r.rulename = '_RETURN' and c.relkind in ('v', 'm') and ${USER_SCHEMAS}
) x`;

export const routinesOf = (schemas: readonly string[]): string => `
select coalesce(json_agg(row_to_json(x)), '[]')::text as value from (
  select n.nspname as schema, p.proname as name, obj_description(p.oid, 'pg_proc') as description,
    (select coalesce(json_agg(json_build_object(
        'name', coalesce(p.proargnames[g.position], ''), 'type', format_type(g.type, null),
        'required', g.input_position <= p.pronargs - p.pronargdefaults, 'variadic', g.mode = 'v') order by g.position), '[]')
      from (
        select u.type, u.position, coalesce(p.proargmodes[u.position], 'i') as mode,
          row_number() over (order by u.position) as input_position
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as u (type, position)
        where coalesce(p.proargmodes[u.position], 'i') in ('i', 'b', 'v')
      ) g) as parameters,
    t.typtype = 'c' or coalesce(p.proargmodes::text[] && '{t,b,o}', false) as composite,
    p.proretset as returns_set, t.typname = 'void' and t.typnamespace = 'pg_catalog'::regnamespace as returns_void,
    cn.nspname as table_schema, c.relname as table_name,
    p.provolatile = 'v' as volatile, coalesce(p.proconfig, '{}') as config
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_type rt on rt.oid = p.prorettype
  join pg_type t on t.oid = case when rt.typtype = 'd' then pg_basetype(rt.oid) else rt.oid end
  left join pg_class c on c.oid = t.typrelid and t.typrelid <> 0
  left join pg_namespace cn on cn.oid = c.relnamespace
  where p.prokind = 'f' and rt.typname not in ('trigger', 'event_trigger')
    and n.nspname in (${schemas.map(literal).join(", ")})
  order by p.oid
) x`;

export const COMPUTED_RELATIONSHIPS = `
select coalesce(json_agg(row_to_json(x)), '[]')::text as value from (
  select n.nspname as schema, p.proname as name,
    an.nspname as table_schema, ac.relname as table_name,
    rn.nspname as foreign_schema, rc.relname as foreign_name,
    not p.proretset or p.prorows = 1 as to_one
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_class ac on ac.reltype = p.proargtypes[0] and ac.relkind in ('r', 'v', 'm', 'f', 'p')
  join pg_namespace an on an.oid = ac.relnamespace
  join pg_class rc on rc.reltype = p.prorettype and rc.relkind in ('r', 'v', 'm', 'f', 'p')
  join pg_namespace rn on rn.oid = rc.relnamespace
  where p.pronargs = 1 and ac.reltype <> 0 and ${USER_SCHEMAS}
) x`;

/** Domains named like media types, and what makes them: an aggregate over a table's rows (or any), or a function's result. */
export const mediaHandlersOf = (schemas: readonly string[]): string => `
with media_types as (
  select t.oid, n.nspname as schema, t.typname as name, t.typbasetype = 'bytea'::regtype as is_binary
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where t.typtype = 'd' and (t.typname ~ '^[A-Za-z0-9.-]+/[A-Za-z0-9.+-]+$' or t.typname = '*/*')
)
select coalesce(json_agg(row_to_json(x)), '[]')::text as value from (
  select lower(m.name) as media_type, m.is_binary, p.prokind = 'a' as is_aggregate,
    case when p.prokind = 'a' then tn.nspname else n.nspname end as target_schema,
    case when p.prokind = 'a' then c.relname else p.proname end as target_name,
    case when p.prokind = 'a' then n.nspname else m.schema end as maker_schema,
    case when p.prokind = 'a' then p.proname else m.name end as maker_name
  from media_types m
  join pg_proc p on p.prorettype = m.oid and p.prokind in ('a', 'f')
  join pg_namespace n on n.oid = p.pronamespace
  left join pg_class c on p.prokind = 'a' and c.reltype = p.proargtypes[0] and c.relkind in ('r', 'v', 'm', 'f', 'p')
  left join pg_namespace tn on tn.oid = c.relnamespace
  where n.nspname in (${schemas.map(literal).join(", ")})
    and (p.prokind = 'f' or p.pronargs = 1 and (c.oid is not null or p.proargtypes[0] = 'anyelement'::regtype))
  order by p.oid
) x`;

export const ROLES = `
select coalesce(json_agg(row_to_json(x)), '[]')::text as value from (
  select r.rolname as role, r.rolconfig as config,
    (select coalesce(json_agg(s.name), '[]') from pg_settings s
      where s.context = 'user' or has_parameter_privilege(session_user, s.name, 'set')) as allowed
  from pg_auth_members m
  join pg_roles r on r.oid = m.roleid
  where m.member = quote_ident(session_user)::regrole and r.rolconfig is not null
) x`;

/** Settings for this database weigh more than those for all databases. */
export const OWN_CONFIG = `
select coalesce(json_agg(setting order by s.setdatabase), '[]')::text as value
from pg_db_role_setting s cross join unnest(s.setconfig) as setting
where s.setrole = quote_ident(session_user)::regrole and setting like 'pgrst.%'
  and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))`;
