// Live channels: what clients can read tells them when it changes.
import type { Rule } from "./rule.ts";

const triggers = `array['_900_broadcast_insert', '_900_broadcast_update', '_900_broadcast_delete']`;

export const liveRules: Rule[] = [
  {
    id: "table-not-live",
    title: "Table that tells nobody of its changes",
    why: "Screens that show it would grow old without a word. Its migration calls private.switch_on_live, or an exception says why not.",
    needs: "private.live_tables",
    sql: `select object from data_table as t
      where is_exposed and not relispartition
        and exists (select from pg_catalog.pg_policy as pol where pol.polrelid = t.oid and pol.polcmd in ('r', '*'))
        and (
          not exists (select from private.live_tables as live where live.target = t.oid)
          or exists (
            select from unnest(${triggers}) as wanted (name)
            where not exists (
              select from pg_catalog.pg_trigger as made
              where made.tgrelid = t.oid and made.tgname = wanted.name and made.tgenabled in ('O', 'A')
            )
          )
        )`,
  },
  {
    id: "live-columns-stale",
    title: "Live table with a column that nobody is told of",
    why: "Its triggers were made before the column was added or changed: the migration that does so calls private.switch_on_live again.",
    needs: "private.live_tables",
    sql: `select live.target::text as object from private.live_tables as live
      where live.shape is distinct from private.shape_of(live.target)`,
  },
];
