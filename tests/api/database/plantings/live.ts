// Tables that clients read and that tell nobody, or not all, of their changes.
import type { Planting } from "./planting.ts";

const machinery = `create table private.live_tables (target regclass primary key, shape bigint);
  alter table private.live_tables enable row level security;
  comment on table private.live_tables is 'Machinery. No policies on purpose.';
  create function private.shape_of(target oid) returns bigint language sql stable set search_path = '' as 'select 1::bigint';
  create function private.broadcast() returns trigger language plpgsql set search_path = '' as 'begin return null; end';`;
const switchOn = (commands: string[], shape = 1) => `${machinery}
  insert into private.live_tables values ('public.partners', ${shape});
  ${commands.map((command) => `create trigger _900_broadcast_${command} after ${command} on public.partners for each statement execute function private.broadcast();`).join("\n")}`;

export const livePlantings: Planting[] = [
  ["a table that was never made live", "table-not-live", /^public\.partners$/, machinery],
  [
    "a live table that tells of nothing that is deleted",
    "table-not-live",
    /^public\.partners$/,
    switchOn(["insert", "update"]),
  ],
  [
    "a live table with a trigger that is switched off",
    "table-not-live",
    /^public\.partners$/,
    `${switchOn(["insert", "update", "delete"])} alter table public.partners disable trigger _900_broadcast_update`,
  ],
  [
    "a live table that has another column since",
    "live-columns-stale",
    /partners$/,
    switchOn(["insert", "update", "delete"], 2),
  ],
];
