// POST, PATCH, PUT and DELETE on a table or view.
import {
  bodyOf,
  type Context,
  checkOutcome,
  checkPreferences,
  commonHeaders,
  ending,
  explained,
  type Negotiated,
  negotiated,
  respond,
  tableOf,
  transactionOf,
} from "./context.ts";
import type { Outcome } from "./database.ts";
import { columnNotFound, invalidPutFilters, needsWhere, putKeyMismatch } from "./errors.ts";
import { RETURNED, type ReadNode, readPlan } from "./plan/read-plan.ts";
import type { Filter, LogicTree } from "./request/filters.ts";
import { bodyType, type Payload, readPayload } from "./request/payload.ts";
import { countsRows } from "./request/preferences.ts";
import { renderQuery } from "./request/query.ts";
import { contentRange } from "./request/ranges.ts";
import type { Column, Table } from "./schema/types.ts";
import { readSql } from "./sql/read.ts";
import { bodySql, ROWS_OF_A_TABLE, statementSql } from "./sql/statement.ts";
import { identifier } from "./sql/text.ts";
import { type Conflict, deleteSql, insertSql, updateSql } from "./sql/write.ts";

type Verb = "POST" | "PATCH" | "PUT" | "DELETE";

export async function write(asked: Context, name: string, verb: Verb): Promise<Response> {
  const table = tableOf(asked, { schema: asked.schema, name });
  const context = negotiated(asked, "aggregate", table);
  const { cache, query, range, settings, format, preferences, database } = context;
  const plan = readPlan({
    cache,
    relation: table,
    from: "returned",
    query,
    range,
    maxRows: settings.maxRows,
    aggregatesEnabled: settings.aggregatesEnabled,
  });
  const wantsBody = preferences.representation === "representation";
  const wantsLocation = verb === "POST" && preferences.representation === "headers-only";
  const returning = wantsBody ? returnedColumns(plan) : wantsLocation ? table.primaryKey : [];
  const conditions = query.conditions.filter(({ path }) => path.length === 0).map(({ item }) => item);
  const source = writeSql(context, table, verb, returning, conditions);
  checkPreferences(context);
  const transaction = transactionOf(context, {
    readOnly: false,
    estimate: null,
    statement: statementSql({
      source,
      read: wantsBody ? readSql(plan) : `SELECT * FROM ${identifier(RETURNED)}`,
      count: null,
      body: wantsBody ? bodySql(format, ROWS_OF_A_TABLE) : null,
      locationKeys: wantsLocation ? table.primaryKey : null,
    }),
  });
  if (format.kind === "plan") return explained(context, transaction);

  const outcome = await database.run(transaction, (result) => {
    if (verb === "PUT" && result.pageTotal !== 1) throw putKeyMismatch();
    checkOutcome(context, result, true);
    return ending(context);
  });
  return respond(context, outcome, answerOf(context, table, verb, outcome));
}

function writeSql(
  context: Context,
  table: Table,
  verb: Verb,
  returning: string[],
  conditions: (Filter | LogicTree)[],
): string {
  const { preferences } = context;
  if (verb === "DELETE") {
    if (conditions.length === 0) throw needsWhere("DELETE");
    return deleteSql({ table, returning, conditions });
  }
  const payload = payloadOf(context);
  const columns = columnsOf(table, payload);
  const useDefaults = preferences.missing === "default";
  const base = { table, returning, payload, columns, useDefaults };
  if (verb === "PATCH") {
    if (conditions.length === 0 && columns.length > 0) throw needsWhere("UPDATE");
    return updateSql({ ...base, conditions });
  }
  if (verb === "PUT") {
    checkPutFilters(table, conditions, columns);
    const conflict: Conflict = { resolution: "merge-duplicates", columns: table.primaryKey };
    return insertSql({ ...base, conflict, putConditions: conditions });
  }
  const conflictColumns = context.query.onConflict ?? table.primaryKey;
  const { resolution } = preferences;
  const conflict = resolution && conflictColumns.length > 0 ? { resolution, columns: conflictColumns } : null;
  return insertSql({ ...base, conflict, putConditions: [] });
}

function payloadOf({ request, body, query }: Context): Payload {
  const type = bodyType(request.headers.get("content-type"), false);
  return readPayload(body, type, { columns: query.columns, isFunction: false });
}

function columnsOf(table: Table, payload: Payload): Column[] {
  return payload.keys.map((key) => {
    const column = table.columns.get(key);
    if (!column) throw columnNotFound(table.name, key);
    return column;
  });
}

function checkPutFilters(table: Table, conditions: (Filter | LogicTree)[], columns: Column[]): void {
  const filtered = conditions.map((condition) =>
    condition.kind === "filter" &&
    !condition.negated &&
    condition.field.path.length === 0 &&
    condition.comparison.kind === "simple" &&
    condition.comparison.operator === "=" &&
    condition.comparison.quantifier === null
      ? condition.field.name
      : null,
  );
  const { primaryKey } = table;
  const given = new Set(columns.map(({ name }) => name));
  const exact =
    primaryKey.length > 0 &&
    filtered.length === primaryKey.length &&
    primaryKey.every((key) => filtered.includes(key) && given.has(key));
  if (!exact) throw invalidPutFilters();
}

/** The columns that the select names, and those that its embedded resources are joined by. */
function returnedColumns(root: ReadNode): string[] {
  const names = new Set(root.fields.map(({ field }) => field.name));
  for (const { relationship } of root.children) {
    if (relationship?.kind !== "key") names.add("*");
    else for (const [own] of relationship.junction?.source ?? relationship.columns) names.add(own);
  }
  for (const term of root.order) if (term.relation === null) names.add(term.field.name);
  return names.has("*") ? ["*"] : [...names];
}

function answerOf(context: Negotiated, table: Table, verb: Verb, outcome: Outcome) {
  const { preferences, query } = context;
  const wantsBody = preferences.representation === "representation";
  const counted = countsRows(preferences) ? outcome.pageTotal : null;
  const body = wantsBody ? bodyOf(context, outcome) : null;
  const merged = preferences.resolution === "merge-duplicates" && outcome.inserted !== null && outcome.inserted <= 0;
  switch (verb) {
    case "POST": {
      const resolves = table.primaryKey.length > 0 || query.onConflict !== null;
      const headers: [string, string][] = [
        ["Content-Range", contentRange(1, 0, counted)],
        ...commonHeaders(
          context,
          [
            "missing",
            "representation",
            "count",
            "transaction",
            "maxAffected",
            ...(resolves ? (["resolution"] as const) : []),
          ],
          wantsBody,
        ),
      ];
      if (outcome.location && outcome.location.length > 0)
        headers.unshift(["Location", `/${encodeURIComponent(table.name)}?${renderQuery(outcome.location)}`]);
      return { status: merged ? 200 : 201, headers, body };
    }
    case "PATCH": {
      const range = contentRange(0, outcome.pageTotal - 1, counted);
      const applicable = ["missing", "representation", "count", "transaction", "maxAffected"] as const;
      const headers: [string, string][] = [["Content-Range", range], ...commonHeaders(context, applicable, wantsBody)];
      return { status: wantsBody ? 200 : 204, headers, body };
    }
    case "PUT": {
      const headers = commonHeaders(context, ["representation", "count", "transaction"], wantsBody);
      const inserted = (outcome.inserted ?? 0) > 0;
      return { status: inserted ? 201 : wantsBody ? 200 : 204, headers, body };
    }
    case "DELETE": {
      const applicable = ["representation", "count", "transaction", "maxAffected"] as const;
      const headers: [string, string][] = [
        ["Content-Range", contentRange(1, 0, counted)],
        ...commonHeaders(context, applicable, wantsBody),
      ];
      return { status: wantsBody ? 200 : 204, headers, body };
    }
  }
}
