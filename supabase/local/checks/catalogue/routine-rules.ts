// Functions and procedures: whose rights they run with, and who may call them.
import type { Rule } from "./rule.ts";

const callable = `
  select r.*, client.name as caller
  from routine as r
  cross join lateral aclexplode(coalesce(r.proacl, acldefault('f', r.proowner))) as acl
  join client on client.oid = acl.grantee
  where acl.privilege_type = 'EXECUTE'`;

export const routineRules: Rule[] = [
  {
    id: "definer-exposed",
    title: "Definer function in an exposed schema",
    why: "It runs with its owner's rights, past every policy, for whoever calls it over HTTP. Put it into private behind an invoker function.",
    sql: "select object from routine where prosecdef and is_exposed",
  },
  {
    id: "definer-misplaced",
    title: "Definer function outside private",
    why: "All functions that run with other rights stand in one place, where each is looked at.",
    sql: `select p.oid::regprocedure::text as object
      from pg_catalog.pg_proc as p join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
      where p.prosecdef and p.proowner = 'postgres'::regrole
        and n.nspname <> 'private' and n.oid not in (select oid from exposed)
        and ('pg_catalog.pg_proc'::regclass, p.oid) not in (select classid, objid from from_extension)`,
  },
  {
    id: "callable-by-anyone",
    title: "Function that anon or everybody may call",
    why: "Postgres lets everybody call a new function unless it is revoked; what is open to strangers is listed by name.",
    sql: `select distinct object || ' (' || caller || ')' as object from (${callable}) as c where caller in ('anon', 'public')`,
  },
  {
    id: "trigger-function-callable",
    title: "Trigger function that clients may call",
    why: "Triggers run without this right; nobody else has a reason to call it.",
    sql: `select distinct object from (${callable}) as c
      where prorettype in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)`,
  },
  {
    id: "search-path-open",
    title: "Function without `set search_path = ''`",
    why: "The caller's search path would decide which tables and functions it means.",
    sql: `select object from routine
      where prokind in ('f', 'p') and not coalesce(proconfig, '{}') @> array['search_path=""']`,
  },
  {
    id: "trigger-joins-by-loop",
    title: "Trigger that joins the rows before and after without saying how",
    why: "The plan made for a session's first statement, of one row, is kept and loops over a loop for 10,000. Set enable_nestloop = off, or use a full join.",
    sql: `select object from routine
      where prorettype = 'pg_catalog.trigger'::regtype and prosrc ~* '(?<!full )join\\s+(old|new)_rows'
        and not coalesce(proconfig, '{}') @> '{enable_nestloop=off}'`,
  },
];
