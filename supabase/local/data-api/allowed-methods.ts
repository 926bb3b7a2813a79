// OPTIONS: which methods the root, a table or a function takes.
import { type Context, tableOf } from "./context.ts";
import { findRoutine } from "./plan/find-routine.ts";
import { toResponse } from "./respond.ts";
import { nameKey, type Table } from "./schema/types.ts";

export function describeMethods(context: Context, place: { table: string } | { routine: string } | null): Response {
  const allowed =
    place === null
      ? ["GET", "HEAD"]
      : "table" in place
        ? ofTable(context, place.table)
        : ofRoutine(context, place.routine);
  return toResponse({ status: 200, headers: [["Allow", ["OPTIONS", ...allowed].join(",")]], body: null }, "OPTIONS");
}

function ofTable(context: Context, name: string): string[] {
  const { takes, primaryKey }: Table = tableOf(context, { schema: context.schema, name });
  return [
    "GET",
    "HEAD",
    ...(takes.inserts ? ["POST"] : []),
    ...(takes.inserts && takes.updates && primaryKey.length > 0 ? ["PUT"] : []),
    ...(takes.updates ? ["PATCH"] : []),
    ...(takes.deletes ? ["DELETE"] : []),
  ];
}

function ofRoutine({ cache, schema, query }: Context, name: string): string[] {
  const argumentNames = query.arguments.map(([key]) => key);
  const [only, another] = cache.routines.get(nameKey({ schema, name })) ?? [];
  const routine =
    only && !another ? only : findRoutine(cache, { name: { schema, name }, argumentNames, body: null }).routine;
  return routine.volatile ? ["POST"] : ["GET", "HEAD", "POST"];
}
