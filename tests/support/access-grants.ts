// Grants and row level security, compared with the access matrix: nothing more is granted to a client than its lines say.
import { functions, relations } from "./access-matrix.ts";
import type { Ask } from "./owner.ts";

/** A table without row level security, or a policy that is for more than signed-in people. */
export async function findUnprotected(ask: Ask): Promise<string | null> {
  const [open] = await ask<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class as c
     where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p') and not c.relrowsecurity limit 1`,
  );
  if (open) return `${open.name} has no row level security`;
  const [wide] = await ask<{ name: string }>(
    `select p.policyname || ' on ' || p.tablename as name from pg_policies as p
     where p.schemaname in ('public', 'private', 'storage', 'realtime') and p.roles <> '{authenticated}' limit 1`,
  );
  return wide ? `${wide.name} is not only for who is signed in` : null;
}

function expectedGrants(): Set<string> {
  const grants = new Set<string>();
  for (const [name, { select, selectColumns, insert, update, delete: remove }] of Object.entries(relations)) {
    if (select !== "nobody") for (const column of selectColumns ?? ["*"]) grants.add(`select ${name}.${column}`);
    for (const column of insert?.columns ?? []) grants.add(`insert ${name}.${column}`);
    for (const column of update?.columns ?? []) grants.add(`update ${name}.${column}`);
    if (remove && remove !== "nobody") grants.add(`delete ${name}`);
  }
  for (const [name, { allowed }] of Object.entries(functions)) if (allowed !== "nobody") grants.add(`execute ${name}`);
  return grants;
}

export async function findExcessGrant(ask: Ask): Promise<string | null> {
  const granted = await ask<{ grantee: string; what: string; schema: string }>(
    `with client as (select unnest(array['anon', 'authenticated']) as grantee),
     relation as (
       select c.oid, c.relname, n.nspname from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
       where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f')
     )
     select grantee, lower(privilege) || ' ' || relname || case privilege when 'SELECT' then '.*' else '' end as what, nspname as schema
     from client cross join relation cross join unnest(array['SELECT', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
     where has_table_privilege(grantee, oid, privilege)
     union all
     select grantee, lower(privilege) || ' ' || relname || '.' || a.attname, nspname
     from client cross join relation cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) as privilege
     join pg_attribute as a on a.attrelid = relation.oid and a.attnum > 0 and not a.attisdropped
     where has_column_privilege(grantee, relation.oid, a.attnum, privilege)
       and not (privilege = 'SELECT' and has_table_privilege(grantee, relation.oid, 'SELECT'))
     union all
     select grantee, 'execute ' || p.proname, 'public' from client cross join pg_proc as p
     where p.pronamespace = 'public'::regnamespace and has_function_privilege(grantee, p.oid, 'execute')
     union all
     -- A helper is a client's business only where a policy, or a function that runs as the client, calls it, or will: the three
     -- questions that every policy asks are there before the policies. What only looks at what it is given serves checks of columns.
     select grantee, 'execute private.' || p.proname, 'private' from client cross join pg_proc as p
     where p.pronamespace = 'private'::regnamespace and has_function_privilege(grantee, p.oid, 'execute')
       and not (grantee = 'authenticated' and (
         p.proname in ('organizations_where_i_can', 'organizations_where_i_own', 'my_organization_ids')
         or (p.provolatile = 'i' and not p.prosecdef)
         or exists (select from pg_policies as y where concat(y.qual, y.with_check) like '%private.' || p.proname || '(%')
         or exists (
           select from pg_proc as f where f.pronamespace in ('public'::regnamespace, 'gate'::regnamespace)
             and f.prosrc like '%private.' || p.proname || '(%'
             and has_function_privilege('authenticated', f.oid, 'execute')
         )
       ))`,
  );
  const expected = expectedGrants();
  const isExpected = ({ grantee, what, schema }: (typeof granted)[number]) =>
    grantee === "authenticated" && schema === "public" && expected.has(what);
  const excess = granted.find((grant) => !isExpected(grant));
  if (excess) return `${excess.grantee} may ${excess.what}`;
  const held = new Set(granted.filter(({ grantee }) => grantee === "authenticated").map(({ what }) => what));
  const missing = [...expected].find((what) => !held.has(what));
  return missing ? `authenticated may not ${missing}` : null;
}
