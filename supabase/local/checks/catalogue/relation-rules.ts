// Tables, views and what is granted on them.
import type { Rule } from "./rule.ts";

export const relationRules: Rule[] = [
  {
    id: "table-without-rls",
    title: "Row-level security is off",
    why: "Every row would be open to whoever is granted the table. A partition is a table of its own and needs it too.",
    sql: "select object from data_table where not relrowsecurity",
  },
  {
    id: "table-without-policies",
    title: "No policies, and no comment that says so",
    why: 'A table that nobody may read is either a mistake or deliberate; if deliberate, its comment says "No policies on purpose".',
    sql: `select object from data_table as t
      where relrowsecurity
        and not exists (select from pg_catalog.pg_policy where polrelid = t.oid)
        and coalesce(obj_description(t.oid, 'pg_class'), '') not ilike '%no policies on purpose%'
        -- A partition that no client may name is reached through its parent's policies only.
        and not (relispartition and not exists (
          select from granted join client on client.oid = granted.grantee where granted.oid = t.oid
        ))`,
  },
  {
    id: "view-as-owner",
    title: "View without security_invoker",
    why: "It reads with its owner's rights, past the policies of the tables behind it.",
    sql: `select object from relation
      where relkind = 'v'
        and not exists (
          select from pg_options_to_table(reloptions) where option_name = 'security_invoker' and option_value in ('true', 'on', '1')
        )`,
  },
  {
    id: "unprotectable-relation-open",
    title: "Materialized view or foreign table within reach of clients",
    why: "Neither obeys row-level security.",
    sql: `select object from relation as r
      where relkind in ('m', 'f')
        and (is_exposed or exists (select from granted join client on client.oid = granted.grantee where granted.oid = r.oid))`,
  },
  {
    id: "grant-to-anon",
    title: "Granted to anon or to everybody",
    why: "Nothing in a table, view or sequence is for people who have not signed in.",
    sql: `select distinct object || ' (' || client.name || ')' as object from granted join client on client.oid = granted.grantee
      where client.name in ('anon', 'public')`,
  },
  {
    id: "grant-beyond-rows",
    title: "TRUNCATE, REFERENCES, TRIGGER or MAINTAIN granted to an API role",
    why: "They pass by row-level security, and no request needs them.",
    sql: `select object || ' (' || string_agg(distinct privilege_type || ' to ' || coalesce(rolname, 'public'), ', ') || ')' as object
      from granted left join pg_catalog.pg_roles as role on role.oid = grantee
      where privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
        and coalesce(rolname, 'public') in ('anon', 'authenticated', 'service_role', 'public')
      group by object`,
  },
  {
    id: "grant-without-columns",
    title: "INSERT or UPDATE granted on the whole table",
    why: "A column added later would be writable by clients without anybody deciding it. Grant with a column list.",
    sql: `select object || ' (' || string_agg(distinct privilege_type, ', ') || ')' as object
      from granted join client on client.oid = granted.grantee
      where column_name is null and privilege_type in ('INSERT', 'UPDATE') and relkind <> 'S'
      group by object`,
  },
  {
    id: "identity-writable",
    title: "Clients may write the id",
    why: "The database makes ids: a chosen one would tell whether it exists in another organization.",
    sql: `select distinct r.object from relation as r cross join client
      join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attname = 'id' and not a.attisdropped
      where r.relkind in ('r', 'p', 'v', 'f') and client.name <> 'public'
        and has_column_privilege(client.name, r.oid, a.attnum, 'insert, update')`,
  },
  {
    id: "tenant-changeable",
    title: "Clients may change organization_id",
    why: "A row belongs to one organization for ever.",
    sql: `select distinct r.object from relation as r cross join client
      join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attname = 'organization_id' and not a.attisdropped
      where r.relkind in ('r', 'p', 'v', 'f') and client.name <> 'public'
        and has_column_privilege(client.name, r.oid, a.attnum, 'update')`,
  },
  {
    id: "tenant-missing",
    title: "organization_id may be null",
    why: "A row of no organization escapes every policy that compares it.",
    sql: "select object from tenant where not attnotnull",
  },
  {
    id: "sequence-granted",
    title: "Sequence granted to clients",
    why: "It tells how many rows others have made, and lets clients use numbers up. Identity columns need no grant.",
    sql: `select distinct object from granted join client on client.oid = granted.grantee where relkind = 'S'`,
  },
  {
    id: "default-grants",
    title: "What postgres makes is granted by default",
    why: "A new table, sequence or function must start closed.",
    sql: `select coalesce(n.nspname, 'every schema') || ': ' || acl.privilege_type || ' to ' || coalesce(role.rolname, 'public') as object
      from pg_catalog.pg_default_acl as d
      left join pg_catalog.pg_namespace as n on n.oid = d.defaclnamespace
      cross join lateral aclexplode(d.defaclacl) as acl
      left join pg_catalog.pg_roles as role on role.oid = acl.grantee
      where d.defaclrole = 'postgres'::regrole
        and (d.defaclnamespace = 0 or d.defaclnamespace in (select oid from own))
        and coalesce(role.rolname, 'public') in ('anon', 'authenticated', 'service_role', 'public')`,
  },
  {
    id: "schema-too-open",
    title: "Clients may build in a schema, or anon may enter private",
    why: "Who can create in a schema can put a trap where others look names up; private is for people who signed in.",
    sql: `select n.nspname || ' (' || client.name || ')' as object
      from pg_catalog.pg_namespace as n cross join client
      where client.name <> 'public'
        and ((n.nspname = any ($1::text[] || '{private,extensions}') and has_schema_privilege(client.name, n.oid, 'create'))
          or (n.nspname = 'private' and client.name = 'anon' and has_schema_privilege(client.name, n.oid, 'usage')))`,
  },
  {
    id: "extension-exposed",
    title: "Extension in a schema of the product",
    why: "Its functions would become part of the API. Extensions go to the schema extensions.",
    sql: "select extname::text as object from pg_catalog.pg_extension where extnamespace in (select oid from own)",
  },
];
