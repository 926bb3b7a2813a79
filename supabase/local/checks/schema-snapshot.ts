// All that migrations can make, as sorted lines of text: two databases with the same lines are the same to the product.
import type pg from "pg";

const snapshot = `
with home as (
  select oid, nspname from pg_catalog.pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'supabase_migrations')
),
relation as (
  select c.*, n.nspname, n.nspname || '.' || c.relname as name
  from pg_catalog.pg_class as c join home as n on n.oid = c.relnamespace
),
line as (
  select 'schema ' || nspname || ' ' || coalesce(s.nspacl::text, '') as line
  from home join pg_catalog.pg_namespace as s using (oid, nspname)
  union all
  select format('relation %s %s owner %s rls %s/%s options %s acl %s', relkind, name, relowner::regrole, relrowsecurity,
    relforcerowsecurity, reloptions, relacl)
  from relation where relkind <> 'i'
  union all
  select format('column %s.%s #%s %s not null %s default %s identity %s generated %s acl %s', r.name, a.attname,
    row_number() over (partition by r.oid order by a.attnum), format_type(a.atttypid, a.atttypmod), a.attnotnull,
    pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, a.attacl)
  from relation as r
  join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  union all
  select 'view ' || name || ' ' || pg_get_viewdef(oid) from relation where relkind in ('v', 'm')
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' invalid' end
  from pg_catalog.pg_index as i join relation as r on r.oid = i.indrelid
  union all
  select format('constraint %s on %s: %s', con.conname, coalesce(nullif(con.conrelid, 0)::regclass::text,
    con.contypid::regtype::text), pg_get_constraintdef(con.oid))
  from pg_catalog.pg_constraint as con where con.connamespace in (select oid from home)
  union all
  select format('policy %s on %s %s %s to %s using %s check %s', pol.polname, r.name, pol.polpermissive, pol.polcmd,
    (select array_agg(case p_role when 0 then 'public' else p_role::regrole::text end order by p_role) from unnest(pol.polroles) as p_role),
    pg_get_expr(pol.polqual, pol.polrelid), pg_get_expr(pol.polwithcheck, pol.polrelid))
  from pg_catalog.pg_policy as pol join relation as r on r.oid = pol.polrelid
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
  from pg_catalog.pg_trigger as t join relation as r on r.oid = t.tgrelid where not t.tgisinternal
  union all
  select format('routine %s owner %s acl %s %s', p.oid::regprocedure, p.proowner::regrole, p.proacl,
    case when p.prokind = 'a' then 'aggregate' else pg_get_functiondef(p.oid) end)
  from pg_catalog.pg_proc as p join home as n on n.oid = p.pronamespace
  union all
  select format('type %s.%s %s %s', n.nspname, t.typname, t.typtype,
    (select array_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum as e where e.enumtypid = t.oid))
  from pg_catalog.pg_type as t join home as n on n.oid = t.typnamespace where t.typtype in ('e', 'd', 'r')
  union all
  select format('comment %s %s', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description)
  from pg_catalog.pg_description as d
  where d.classoid in ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_namespace'::regclass, 'pg_type'::regclass)
    and d.objoid >= 16384
  union all
  select format('default grants of %s in %s on %s: %s', d.defaclrole::regrole, n.nspname, d.defaclobjtype, d.defaclacl)
  from pg_catalog.pg_default_acl as d left join home as n on n.oid = d.defaclnamespace
  union all
  select format('extension %s %s', extname, extversion) from pg_catalog.pg_extension
)
select line from line order by line collate "C"`;

export async function takeSnapshot(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(snapshot);
  return rows.map((row) => row.line);
}

/** What only one of the two has, a line each. */
export function compareSnapshots(left: string[], right: string[]): string[] {
  const only = (some: string[], others: string[], sign: string) => {
    const known = new Set(others);
    return some.filter((line) => !known.has(line)).map((line) => `${sign} ${line}`);
  };
  return [...only(left, right, "-"), ...only(right, left, "+")];
}
