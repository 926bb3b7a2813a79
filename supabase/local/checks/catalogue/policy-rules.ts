// Policies: of the product's own tables, and those it writes on the platform's storage and realtime tables.
import { callsPerRow, comparesColumnWithItself, looksAtRow } from "./policy-expression.ts";
import type { Finding, Rule } from "./rule.ts";

export const policyRules: Rule[] = [
  {
    id: "policy-not-to-authenticated",
    title: "Policy for somebody else than authenticated",
    why: "Without `to authenticated` it is evaluated for everybody, anon included.",
    sql: "select object from policy where polroles <> array['authenticated'::regrole::oid]",
  },
  {
    id: "policy-for-all",
    title: "Policy for all commands",
    why: "Who may read is seldom who may delete: one policy for each command.",
    sql: "select object from policy where polcmd = '*'",
  },
  {
    id: "policy-name",
    title: "Policy is not named after its command",
    why: "`<command>_<who>`: a list of policies can then be read without opening each.",
    sql: `select object from policy
      where polcmd <> '*'
        and not starts_with(polname, case polcmd when 'r' then 'select_' when 'a' then 'insert_' when 'w' then 'update_' else 'delete_' end)`,
  },
  {
    id: "policy-without-check",
    title: "Update policy without `with check`",
    why: "What a row may become is a decision of its own, and has to be written down.",
    sql: "select object from policy where polcmd = 'w' and polwithcheck is null",
  },
  {
    id: "policy-ignores-row",
    title: "Policy lets everybody who signed in at every row",
    why: "It does not look at the row: `true`, or a test for being signed in, keeps no tenant apart.",
    // A live channel's right depends on the topic, which is not a column: `realtime.topic()` stands for it.
    sql: `select object, using_tree, check_tree from policy
      where not (polrelid = to_regclass('realtime.messages') and expressions ~ 'realtime\\.topic\\(\\)')`,
    breaks: (row) => expressionsOf(row).some((expression) => !looksAtRow(expression)),
  },
  {
    id: "policy-name-capture",
    title: "Policy compares a column with itself",
    why: "Inside a subquery an unqualified name means the subquery's table: `x.c = x.c` is always true. Qualify it.",
    sql: "select object, using_tree, check_tree from policy",
    breaks: (row) => expressionsOf(row).some(comparesColumnWithItself),
  },
  {
    id: "policy-call-per-row",
    title: "Policy calls a helper with a column of the row",
    why: "It runs once for every row, up to 1,900 times slower. Compare the column with an array that is computed once.",
    sql: "select object, using_tree, check_tree, array(select oid::text from routine) as functions from policy",
    breaks: (row) => {
      const functions = Array.isArray(row.functions) ? row.functions.map(String) : [];
      return expressionsOf(row).some((expression) => callsPerRow(expression, functions));
    },
  },
  {
    id: "policies-add-up",
    title: "More than one permissive policy for a command and role",
    why: "Permissive policies are joined by `or`: the widest of them decides, and each is evaluated.",
    sql: `select p.polrelid::regclass || ' (' || command.name || ' for ' || p_role::regrole || ')' as object
      from policy as p
      cross join unnest(p.polroles) as p_role
      join (values ('r', 'select'), ('a', 'insert'), ('w', 'update'), ('d', 'delete')) as command (code, name)
        on p.polcmd::text in (command.code, '*')
      where p.polpermissive and p_role <> 0
      group by p.polrelid, p_role, command.name
      having count(*) > 1`,
  },
  {
    id: "bucket-public",
    title: "Public bucket",
    why: "Whoever knows a path reads it, for ever and without a policy. Use signed URLs.",
    needs: "storage.buckets",
    sql: "select id as object from storage.buckets where public",
  },
  {
    id: "bucket-without-policy",
    title: "Bucket that no policy names",
    why: "Either nobody can use it, or a policy for all buckets lets everybody.",
    needs: "storage.buckets",
    sql: `select id as object from storage.buckets as bucket
      where not exists (
        select from policy
        where polrelid = to_regclass('storage.objects') and strpos(expressions, quote_literal(bucket.id)) > 0
      )`,
  },
  ...["storage.objects", "storage.buckets", "realtime.messages"].map((table) => ({
    id: "platform-table-without-rls",
    title: "Row-level security is off on a table of the platform",
    why: "The product's policies on it would not count.",
    needs: table,
    sql: `select relation_name as object from (values ('${table}')) as given (relation_name)
      where not (select relrowsecurity from pg_catalog.pg_class where oid = to_regclass(relation_name))`,
  })),
];

function expressionsOf(row: Finding): string[] {
  return [row.using_tree, row.check_tree].filter((tree) => typeof tree === "string");
}
