// GET and HEAD on a table or view.
import {
  bodyOf,
  type Context,
  checkOutcome,
  checkPreferences,
  commonHeaders,
  explained,
  negotiated,
  pageOf,
  respond,
  tableOf,
  transactionOf,
} from "./context.ts";
import { RETURNED, readPlan } from "./plan/read-plan.ts";
import { countSql, readSql } from "./sql/read.ts";
import { bodySql, ROWS_OF_A_TABLE, statementSql } from "./sql/statement.ts";
import { identifier } from "./sql/text.ts";

export async function read(asked: Context, name: string): Promise<Response> {
  const relation = tableOf(asked, { schema: asked.schema, name });
  const context = negotiated(asked, "aggregate", relation);
  const { cache, query, range, settings, format, preferences, request, database } = context;
  const plan = readPlan({
    cache,
    relation,
    from: "table",
    query,
    range,
    maxRows: settings.maxRows,
    aggregatesEnabled: settings.aggregatesEnabled,
  });
  checkPreferences(context);
  const allRows = countSql(plan);
  const { count } = preferences;
  // "estimated" counts exactly as far as one answer reaches, and asks the planner beyond that.
  const counted =
    count === "exact" ? allRows : count === "estimated" ? `${allRows} LIMIT ${settings.maxRows + 1}` : null;
  const transaction = transactionOf(context, {
    readOnly: true,
    estimate: count === "planned" || count === "estimated" ? `EXPLAIN (FORMAT JSON) ${allRows}` : null,
    statement: statementSql({
      source: readSql(plan),
      read: `SELECT * FROM ${identifier(RETURNED)}`,
      count: counted,
      body: request.method === "HEAD" ? null : bodySql(format, ROWS_OF_A_TABLE),
      locationKeys: null,
    }),
  });
  if (format.kind === "plan") return explained(context, { ...transaction, estimate: null });

  const outcome = await database.run(transaction, (result) => {
    checkOutcome(context, result, false);
    return "commit";
  });
  const page = pageOf(context, outcome, totalOf(outcome.total, outcome.estimate, settings.maxRows));
  const location = `/${encodeURIComponent(name)}${query.canonical === "" ? "" : `?${query.canonical}`}`;
  const headers: [string, string][] = [
    page.header,
    ["Content-Location", location],
    ...commonHeaders(context, ["count", "transaction"], true),
  ];
  return respond(context, outcome, { status: page.status, headers, body: bodyOf(context, outcome) });
}

function totalOf(exact: number | null, estimate: number | null, maxRows: number): number | null {
  if (estimate === null) return exact;
  if (exact === null) return estimate;
  return exact > maxRows ? Math.max(exact, estimate) : exact;
}
