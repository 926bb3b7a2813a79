// What every kind of request has worked out before its own part begins.
import type { Identity } from "./authentication.ts";
import type { Database, Ending, Outcome, Session, Transaction } from "./database.ts";
import {
  invalidPreferences,
  invalidRange,
  maxAffectedNeedsSet,
  notSingular,
  tableNotFound,
  tooManyAffected,
} from "./errors.ts";
import { handlerFinder, type Produced } from "./plan/media-handlers.ts";
import { contentType, type Format, negotiate } from "./request/media-types.ts";
import { appliedPreferences, type Preferences } from "./request/preferences.ts";
import { type Query, selectsWholeRows } from "./request/query.ts";
import { contentRange, type RowRange } from "./request/ranges.ts";
import { type Answer, toResponse, withDatabaseWishes } from "./respond.ts";
import { nameKey, type QualifiedName, type SchemaCache, type Table } from "./schema/types.ts";
import type { Settings } from "./settings.ts";

export interface Context {
  request: Request;
  /** Below /rest/v1. */
  path: string;
  identity: Identity;
  cache: SchemaCache;
  settings: Settings;
  database: Database;
  schema: string;
  /** Whether the answer must say which schema it is from. */
  schemaNegotiated: boolean;
  preferences: Preferences;
  query: Query;
  range: RowRange;
  body: Uint8Array;
}

/** Once it is known what is read, it is known in which form it can be. */
export interface Negotiated extends Context {
  format: Format;
}

export function negotiated(context: Context, kind: Produced["kind"], name: QualifiedName): Negotiated {
  const { request, cache, settings, query } = context;
  const custom = handlerFinder(cache, { name, kind, isWhole: selectsWholeRows(query) });
  const can = { plan: settings.planEnabled, openapi: false, custom };
  return { ...context, format: negotiate(request.headers.get("accept"), can) };
}

export function tableOf(context: Context, name: QualifiedName): Table {
  const table = context.cache.tables.get(nameKey(name));
  if (table) return table;
  const all = [...context.cache.tables.values()].filter((candidate) => candidate.schema === name.schema);
  throw tableNotFound(
    name.schema,
    name.name,
    all.map((candidate) => candidate.name),
  );
}

export function checkPreferences({ preferences }: Context): void {
  if (preferences.handling === "strict" && preferences.unknown.length > 0)
    throw invalidPreferences(preferences.unknown);
}

export function transactionOf(
  context: Context,
  parts: Pick<Transaction, "readOnly" | "statement" | "estimate"> & {
    isolation?: string | null;
    functionSettings?: [string, string][];
  },
): Transaction {
  const { request, identity, settings, cache, schema, preferences } = context;
  const role = cache.roles.get(identity.role);
  const session: Session = {
    role: identity.role,
    claims: identity.claims,
    method: request.method,
    path: context.path,
    headers: request.headers,
    left: request.signal,
    searchPath: [schema, ...settings.extraSearchPath],
    timezone: preferences.timezone ?? null,
    roleSettings: role?.settings ?? [],
    functionSettings: parts.functionSettings ?? [],
    preRequest: settings.preRequest,
  };
  return {
    session,
    readOnly: parts.readOnly,
    isolation: parts.isolation ?? role?.isolation ?? null,
    statement: parts.statement,
    estimate: parts.estimate,
  };
}

/** How the transaction ends once its outcome is known to be what the request allows. */
export function ending(context: Context): Ending {
  const { settings, preferences } = context;
  const rollsBack = preferences.transaction ? preferences.transaction === "rollback" : settings.rollsBack;
  return rollsBack ? "rollback" : "commit";
}

export function checkOutcome({ format, preferences }: Negotiated, { pageTotal }: Outcome, writes: boolean): void {
  if (format.kind === "object" && pageTotal !== 1) throw notSingular(pageTotal);
  const { handling, maxAffected } = preferences;
  if (writes && handling === "strict" && maxAffected !== undefined && pageTotal > maxAffected)
    throw tooManyAffected(pageTotal);
}

export function requireSetForMaxAffected({ preferences }: Context, returnsSet: boolean): void {
  if (preferences.handling === "strict" && preferences.maxAffected !== undefined && !returnsSet)
    throw maxAffectedNeedsSet();
}

/** Explained instead of run, when the request asks for the plan. */
export async function explained(context: Negotiated, transaction: Transaction): Promise<Response> {
  const { format, database, request } = context;
  if (format.kind !== "plan") throw new TypeError("Only a request for a plan is explained.");
  const options = [`FORMAT ${format.json ? "JSON" : "TEXT"}`, ...format.options.map((option) => option.toUpperCase())];
  const statement = `EXPLAIN (${options.join(", ")}) ${transaction.statement}`;
  const plan = await database.explain({ ...transaction, statement }, ending(context));
  return toResponse(
    { status: 200, headers: [["Content-Type", contentType(format)]], body: `${plan}\n` },
    request.method,
  );
}

type Applicable = Parameters<typeof appliedPreferences>[1];

/** Headers that every successful answer of a table or function has. */
export function commonHeaders(
  context: Negotiated,
  applicable: Applicable,
  withContentType: boolean,
): [string, string][] {
  const headers: [string, string][] = [];
  const applied = appliedPreferences(context.preferences, applicable);
  if (applied !== null) headers.push(["Preference-Applied", applied]);
  if (withContentType) headers.push(["Content-Type", contentType(context.format)]);
  if (context.schemaNegotiated) headers.push(["Content-Profile", context.schema]);
  return headers;
}

/** Status and Content-Range of rows read: 206 when there are more, 416 when the range begins after the last. */
export function pageOf(context: Context, { pageTotal }: Outcome, total: number | null) {
  const lower = context.range.offset;
  const upper = lower + pageTotal - 1;
  const header: [string, string] = ["Content-Range", contentRange(lower, upper, total)];
  if (total !== null && lower > total)
    throw invalidRange(`An offset of ${lower} was requested, but there are only ${total} rows.`, [header]);
  return { status: total !== null && upper + 1 - lower < total ? 206 : 200, header };
}

/** The body as the database made it; only handlers of the project's own make bytes. */
export const bodyOf = ({ format }: Negotiated, { body }: Outcome): string | Uint8Array<ArrayBuffer> =>
  format.kind === "custom" && format.handler.binary ? Buffer.from(body, "hex") : body;

export function respond(context: Context, outcome: Outcome, answer: Answer): Response {
  return toResponse(
    withDatabaseWishes(answer, outcome.responseHeaders, outcome.responseStatus),
    context.request.method,
  );
}
