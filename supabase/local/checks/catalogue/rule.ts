// One rule of the house that the database's catalogue can answer for, and what all of them ask about.
export interface Rule {
  id: string;
  /** What is wrong, said of the object that follows. */
  title: string;
  why: string;
  /** Follows `prelude`; its column `object` names what breaks the rule. */
  sql: string;
  /** Decides on a row what SQL cannot. */
  breaks?(row: Finding): boolean;
  /** A relation that a platform may lack; without it the rule has nothing to say. */
  needs?: string;
}

export interface Finding {
  object: string;
  [column: string]: unknown;
}

/** $1: the schemas that the Data API exposes. What an extension brought is not ours to judge. */
export const prelude = `
with exposed as (select oid, nspname from pg_catalog.pg_namespace where nspname = any ($1::text[])),
own as (select oid, nspname from pg_catalog.pg_namespace where nspname = any ($1::text[] || '{private}')),
client as (
  select oid, rolname::text as name from pg_catalog.pg_roles where rolname in ('anon', 'authenticated')
  union all select 0, 'public'
),
from_extension as (select classid, objid from pg_catalog.pg_depend where deptype = 'e'),
relation as (
  select c.*, n.nspname, format('%I.%I', n.nspname, c.relname) as object, c.relnamespace in (select oid from exposed) as is_exposed
  from pg_catalog.pg_class as c join own as n on n.oid = c.relnamespace
  where ('pg_catalog.pg_class'::regclass, c.oid) not in (select classid, objid from from_extension)
),
data_table as (select * from relation where relkind in ('r', 'p')),
routine as (
  select p.*, n.nspname, p.oid::regprocedure::text as object, p.pronamespace in (select oid from exposed) as is_exposed
  from pg_catalog.pg_proc as p join own as n on n.oid = p.pronamespace
  where ('pg_catalog.pg_proc'::regclass, p.oid) not in (select classid, objid from from_extension)
),
granted as (
  select r.oid, r.object, r.relkind, acl.grantee, acl.privilege_type, null::text as column_name
  from relation as r
  cross join lateral aclexplode(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner))) as acl
  union all
  select r.oid, r.object, r.relkind, acl.grantee, acl.privilege_type, a.attname
  from relation as r
  join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  cross join lateral aclexplode(a.attacl) as acl
),
tenant as (
  select t.oid, t.object, a.attnum as column_number, a.attnotnull
  from data_table as t
  join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attname = 'organization_id' and not a.attisdropped
),
policy as (
  select pol.*, format('%I on %I.%I', pol.polname, n.nspname, c.relname) as object,
    pol.polqual::text as using_tree, pol.polwithcheck::text as check_tree,
    concat_ws(' ', pg_get_expr(pol.polqual, pol.polrelid), pg_get_expr(pol.polwithcheck, pol.polrelid)) as expressions
  from pg_catalog.pg_policy as pol
  join pg_catalog.pg_class as c on c.oid = pol.polrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where n.oid in (select oid from own) or n.nspname in ('storage', 'realtime')
)
`;
