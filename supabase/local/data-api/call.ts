// Functions under /rpc.
import {
  bodyOf,
  type Context,
  checkOutcome,
  checkPreferences,
  commonHeaders,
  ending,
  explained,
  negotiated,
  pageOf,
  requireSetForMaxAffected,
  respond,
  transactionOf,
} from "./context.ts";
import { findRoutine } from "./plan/find-routine.ts";
import { readPlan } from "./plan/read-plan.ts";
import { bodyType, readPayload } from "./request/payload.ts";
import { countsRows } from "./request/preferences.ts";
import type { Parameter, Routine } from "./schema/types.ts";
import { type CallArguments, callSql } from "./sql/call.ts";
import { countSql, readSql } from "./sql/read.ts";
import { bodySql, statementSql } from "./sql/statement.ts";

export async function call(asked: Context, name: string): Promise<Response> {
  const isRead = asked.request.method !== "POST";
  const { routine, given } = prepare(asked, name, isRead);
  const relation = routine.returns.table ?? { schema: routine.schema, name: routine.name };
  const context = negotiated(asked, routine.returns.composite ? "aggregate" : "domain", relation);
  const { cache, query, range, settings, format, preferences, request, database } = context;
  const plan = readPlan({
    cache,
    relation,
    from: "call",
    query,
    range,
    maxRows: settings.maxRows,
    aggregatesEnabled: settings.aggregatesEnabled,
  });
  checkPreferences(context);
  requireSetForMaxAffected(context, routine.returns.set);
  const { returns } = routine;
  const wantsBody = request.method !== "HEAD" && !returns.void;
  const readOnly = isRead || !routine.volatile;
  const transaction = transactionOf(context, {
    readOnly,
    isolation: routine.isolation,
    functionSettings: routine.settings,
    estimate: null,
    statement: statementSql({
      source: callSql(routine, given),
      read: readSql(plan),
      count: countsRows(preferences) ? countSql(plan) : null,
      body: wantsBody ? bodySql(format, { scalar: !returns.composite, single: !returns.set }) : null,
      locationKeys: null,
    }),
  });
  if (format.kind === "plan") return explained(context, transaction);

  const outcome = await database.run(transaction, (result) => {
    checkOutcome(context, result, true);
    return ending(context);
  });
  const page = pageOf(context, outcome, outcome.total);
  const headers: [string, string][] = [
    page.header,
    ...commonHeaders(context, ["count", "transaction", "maxAffected"], !returns.void),
  ];
  if (returns.void) return respond(context, outcome, { status: 204, headers, body: null });
  return respond(context, outcome, { status: page.status, headers, body: bodyOf(context, outcome) });
}

function prepare(context: Context, name: string, isRead: boolean): { routine: Routine; given: CallArguments } {
  const { cache, query, request, body, schema } = context;
  const qualifiedName = { schema, name };
  if (isRead) {
    const argumentNames = [...new Set(query.arguments.map(([key]) => key))].sort();
    const { routine } = findRoutine(cache, { name: qualifiedName, argumentNames, body: null });
    return { routine, given: valuesOf(routine, query.arguments) };
  }
  const type = bodyType(request.headers.get("content-type"), true);
  const payload = readPayload(body, type, { columns: query.columns, isFunction: true });
  const found = findRoutine(cache, { name: qualifiedName, argumentNames: payload.keys, body: type });
  const { routine } = found;
  const [only] = routine.parameters;
  if (found.wholeBody && only) return { routine, given: { kind: "body", text: payload.text, type: only.type } };
  const parameters = routine.parameters.filter((parameter) => payload.keys.includes(parameter.name));
  return { routine, given: parameters.length === 0 ? { kind: "none" } : { kind: "json", payload, parameters } };
}

function valuesOf(routine: Routine, pairs: [string, string][]): CallArguments {
  const values = routine.parameters.flatMap((parameter: Parameter) => {
    const given = pairs.filter(([key]) => key === parameter.name).map(([, value]) => value);
    return given.length === 0 ? [] : [{ parameter, values: given }];
  });
  return values.length === 0 ? { kind: "none" } : { kind: "values", values };
}
