// Foreign keys: what they may reach, and that they can be followed back quickly.
import type { Rule } from "./rule.ts";

const keys = `
  select con.*, t.object as table_name, format('%I on %s', con.conname, t.object) as object
  from pg_catalog.pg_constraint as con
  join data_table as t on t.oid = con.conrelid
  where con.contype = 'f' and con.conparentid = 0`;

export const keyRules: Rule[] = [
  {
    id: "key-crosses-tenants",
    title: "Foreign key between tenant tables that leaves organization_id out",
    why: "A foreign-key check does not obey policies: it would accept, and so confirm, a row of another organization.",
    sql: `select key.object from (${keys}) as key
      join tenant as source on source.oid = key.conrelid
      join tenant as target on target.oid = key.confrelid
      where not exists (
        select from unnest(key.conkey, key.confkey) as pair (source_column, target_column)
        where pair.source_column = source.column_number and pair.target_column = target.column_number
      )`,
  },
  {
    id: "key-clears-tenant",
    title: "Foreign key whose `on delete set null` takes organization_id with it",
    why: "Deleting the target would fail, or leave a row of no organization. Name the column: `on delete set null (that_column)`.",
    sql: `select key.object from (${keys}) as key
      join tenant as source on source.oid = key.conrelid
      where key.confdeltype in ('n', 'd')
        and source.column_number = any (coalesce(key.confdelsetcols, key.conkey))`,
  },
  {
    id: "key-without-index",
    title: "Foreign key without an index",
    why: "Each delete of the target reads the whole table, and so does each list by it.",
    sql: `select key.object from (${keys}) as key
      where not exists (
        select from pg_catalog.pg_index as i
        where i.indrelid = key.conrelid and i.indisvalid and i.indpred is null
          and (i.indkey::int2[])[0:cardinality(key.conkey) - 1] @> key.conkey
          and i.indnkeyatts >= cardinality(key.conkey)
      )`,
  },
];
