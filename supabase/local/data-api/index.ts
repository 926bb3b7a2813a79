// The Data API of a hosted project (PostgREST 13), straight on Postgres.
import type { Caller, Service } from "../gateway/service.ts";
import type { Tokens } from "../gateway/tokens.ts";
import { describeMethods } from "./allowed-methods.ts";
import { type Identity, identify } from "./authentication.ts";
import { call } from "./call.ts";
import type { Context } from "./context.ts";
import { createDatabase, type Database } from "./database.ts";
import {
  ApiError,
  invalidPath,
  invalidRpcMethod,
  schemaForbidden,
  unacceptableSchema,
  unsupportedMethod,
} from "./errors.ts";
import { describeApi } from "./openapi.ts";
import { read } from "./read.ts";
import { readBody } from "./request/payload.ts";
import { readPreferences } from "./request/preferences.ts";
import { parseQuery } from "./request/query.ts";
import { topLevelRange } from "./request/ranges.ts";
import { errorResponse } from "./respond.ts";
import { createSchemaKeeper, type SchemaKeeper } from "./schema/keeper.ts";
import type { SchemaCache } from "./schema/types.ts";
import { type Defaults, settingsOf } from "./settings.ts";
import { write } from "./write.ts";

const PREFIX = "/rest/v1";

export interface DataApiOptions extends Defaults {
  /** Connects as `authenticator`. */
  databaseUrl: string;
  tokens: Tokens;
  poolSize?: number;
}

export async function createDataApi(options: DataApiOptions): Promise<Service> {
  const keeper = await createSchemaKeeper(options.databaseUrl, options.schemas);
  const database = createDatabase(options.databaseUrl, options.poolSize ?? 10);
  return {
    async handle(request, caller) {
      try {
        return await answer(request, caller, options, keeper, database);
      } catch (error) {
        if (error instanceof ApiError) return errorResponse(error, request.method);
        throw error;
      }
    },
    async close() {
      await Promise.all([keeper.close(), database.close()]);
    },
  };
}

async function answer(
  request: Request,
  caller: Caller,
  options: DataApiOptions,
  keeper: SchemaKeeper,
  database: Database,
): Promise<Response> {
  const identity = await identify(options.tokens, caller);
  const body = await readBody(request);
  const answerWith = async (cache: SchemaCache) => {
    const context = await contextOf(request, caller, identity, body, cache, options, keeper, database);
    return route(context, identity);
  };
  const cache = await keeper.current();
  try {
    return await answerWith(cache);
  } catch (error) {
    // What the cache does not know may have been created a moment ago.
    if (error instanceof ApiError && /^PGRST20\d$|^PGRST106$/.test(error.code) && (await keeper.hasNewer(cache)))
      return answerWith(await keeper.current());
    throw error;
  }
}

async function contextOf(
  request: Request,
  caller: Caller,
  identity: Identity,
  body: Uint8Array,
  cache: SchemaCache,
  options: DataApiOptions,
  keeper: SchemaKeeper,
  database: Database,
): Promise<Context> {
  const settings = settingsOf(cache, options);
  const url = new URL(request.url);
  const path = url.pathname.slice(PREFIX.length) || "/";
  const isRoot = path === "/";
  const isFunction = path.startsWith("/rpc/");
  const isRead = ["GET", "HEAD", "OPTIONS"].includes(request.method);
  checkMethod(request.method, { isRoot, isFunction });
  const profile = request.headers.get(isRead ? "accept-profile" : "content-profile");
  if (profile !== null && !settings.schemas.includes(profile)) throw unacceptableSchema(profile, settings.schemas);
  if (isRoot && request.method !== "OPTIONS" && caller.key !== "secret" && identity.role !== "service_role")
    throw schemaForbidden();
  const preferences = await readPreferences(
    request.headers.get("prefer"),
    settings.allowsTransactionEnd,
    keeper.isTimezone,
  );
  // The project key may come in the address, where it is no filter.
  url.searchParams.delete("apikey");
  const query = parseQuery(url.searchParams, isFunction && isRead);
  return {
    request,
    path,
    identity,
    cache,
    settings,
    database,
    schema: profile ?? settings.schemas[0] ?? "public",
    schemaNegotiated: profile !== null || settings.schemas.length !== 1,
    preferences,
    query,
    range: topLevelRange(request.method, request.headers.get("range"), query.range),
    body,
  };
}

function checkMethod(method: string, { isRoot, isFunction }: { isRoot: boolean; isFunction: boolean }): void {
  const isRead = ["GET", "HEAD", "OPTIONS"].includes(method);
  if (isFunction && !isRead && method !== "POST") throw invalidRpcMethod(method);
  if (isRoot ? !isRead : !isRead && !["POST", "PATCH", "PUT", "DELETE"].includes(method))
    throw unsupportedMethod(method);
}

async function route(context: Context, identity: Identity): Promise<Response> {
  const { request, path } = context;
  const isOptions = request.method === "OPTIONS";
  if (path === "/") return isOptions ? describeMethods(context, null) : describeApi(context, identity);
  const [first = "", second, ...more] = path.slice(1).split("/").map(decodeName);
  if (first === "rpc" && second && more.length === 0)
    return isOptions ? describeMethods(context, { routine: second }) : call(context, second);
  if (first === "" || second !== undefined) throw invalidPath();
  switch (request.method) {
    case "OPTIONS":
      return describeMethods(context, { table: first });
    case "GET":
    case "HEAD":
      return read(context, first);
    case "POST":
    case "PATCH":
    case "PUT":
    case "DELETE":
      return write(context, first, request.method);
    default:
      throw unsupportedMethod(request.method);
  }
}

function decodeName(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidPath();
  }
}
