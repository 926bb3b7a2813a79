// Everything this service refuses by itself, in the words, codes and statuses of PostgREST 13.
import { closestMatch } from "./fuzzy.ts";

interface ErrorParts {
  status: number;
  code: string;
  message: string;
  details?: unknown;
  hint?: string | null;
  statusText?: string;
  headers?: [string, string][];
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  readonly hint: string | null;
  readonly statusText: string | undefined;
  readonly headers: [string, string][];
  constructor(parts: ErrorParts) {
    super(parts.message);
    this.name = "ApiError";
    this.status = parts.status;
    this.code = parts.code;
    this.details = parts.details ?? null;
    this.hint = parts.hint ?? null;
    this.statusText = parts.statusText;
    this.headers = parts.headers ?? [];
  }

  /** Keys in alphabetical order, as PostgREST writes them. */
  body(): string {
    return JSON.stringify({ code: this.code, details: this.details, hint: this.hint, message: this.message });
  }
}

/** Clients that heed it try again by themselves. */
export const RETRY_SOON: [string, string] = ["Retry-After", "1"];

const list = (names: readonly string[]): string => names.join(", ");

export function parseError(what: string, text: string, column: number, details: string): ApiError {
  const message = `"failed to parse ${what} (${text})" (line 1, column ${column})`;
  return new ApiError({ status: 400, code: "PGRST100", message, details });
}

export const invalidRpcMethod = (method: string) =>
  new ApiError({ status: 405, code: "PGRST101", message: `Cannot use the ${method} method on RPC` });

export const invalidBody = (message: string) => new ApiError({ status: 400, code: "PGRST102", message });

export const invalidRange = (details: string, headers: [string, string][] = []) =>
  new ApiError({ status: 416, code: "PGRST103", message: "Requested range not satisfiable", details, headers });

export const invalidPutFilters = () =>
  new ApiError({
    status: 405,
    code: "PGRST105",
    message: "Filters must include all and only primary key columns with 'eq' operators",
  });

export const unacceptableSchema = (schema: string, exposed: readonly string[]) =>
  new ApiError({
    status: 406,
    code: "PGRST106",
    message: `Invalid schema: ${schema}`,
    hint: `Only the following schemas are exposed: ${list(exposed)}`,
  });

export const unavailableMediaTypes = (types: readonly string[]) =>
  new ApiError({
    status: 406,
    code: "PGRST107",
    message: `None of these media types are available: ${list(types)}`,
  });

export const notEmbedded = (resource: string) =>
  new ApiError({
    status: 400,
    code: "PGRST108",
    message: `'${resource}' is not an embedded resource in this request`,
    hint: `Verify that '${resource}' is included in the 'select' query parameter.`,
  });

export const badHeadersSetting = () =>
  new ApiError({
    status: 500,
    code: "PGRST111",
    message: "response.headers guc must be a JSON array composed of objects with a single key and a string value",
  });

export const badStatusSetting = () =>
  new ApiError({ status: 500, code: "PGRST112", message: "response.status guc must be a valid status code" });

export const putWithLimit = () =>
  new ApiError({
    status: 400,
    code: "PGRST114",
    message: "limit/offset querystring parameters are not allowed for PUT",
  });

export const putKeyMismatch = () =>
  new ApiError({
    status: 400,
    code: "PGRST115",
    message: "Payload values do not match URL in primary key column(s)",
  });

export const notSingular = (rows: number) =>
  new ApiError({
    status: 406,
    code: "PGRST116",
    message: "Cannot coerce the result to a single JSON object",
    details: `The result contains ${rows} rows`,
  });

export const unsupportedMethod = (method: string) =>
  new ApiError({ status: 405, code: "PGRST117", message: `Unsupported HTTP method: ${method}` });

export const relatedOrderNotToOne = (origin: string, target: string) =>
  new ApiError({
    status: 400,
    code: "PGRST118",
    message: `A related order on '${target}' is not possible`,
    details: `'${origin}' and '${target}' do not form a many-to-one or one-to-one relationship`,
  });

export const badEmbedFilter = (target: string) =>
  new ApiError({
    status: 400,
    code: "PGRST120",
    message: `Bad operator on the '${target}' embedded resource`,
    details: "Only is null or not is null filters are allowed on embedded resources",
  });

export const invalidPreferences = (preferences: readonly string[]) =>
  new ApiError({
    status: 400,
    code: "PGRST122",
    message: "Invalid preferences given with handling=strict",
    details: `Invalid preferences: ${list(preferences)}`,
  });

export const aggregatesNotAllowed = () =>
  new ApiError({ status: 400, code: "PGRST123", message: "Use of aggregate functions is not allowed" });

export const tooManyAffected = (rows: number) =>
  new ApiError({
    status: 400,
    code: "PGRST124",
    message: "Query result exceeds max-affected preference constraint",
    details: `The query affects ${rows} rows`,
  });

export const invalidPath = () =>
  new ApiError({ status: 404, code: "PGRST125", message: "Invalid path specified in request URL" });

export const maxAffectedNeedsSet = () =>
  new ApiError({
    status: 400,
    code: "PGRST128",
    message: "Function must return SETOF or TABLE when max-affected preference is used with handling=strict",
  });

export const columnNotFound = (table: string, column: string) =>
  new ApiError({
    status: 400,
    code: "PGRST204",
    message: `Could not find the '${column}' column of '${table}' in the schema cache`,
  });

export function tableNotFound(schema: string, table: string, tablesOfSchema: readonly string[]): ApiError {
  const similar = closestMatch(tablesOfSchema, table);
  return new ApiError({
    status: 404,
    code: "PGRST205",
    message: `Could not find the table '${schema}.${table}' in the schema cache`,
    hint: similar === undefined ? null : `Perhaps you meant the table '${schema}.${similar}'`,
  });
}

/** What hosted says for an update or delete that would touch every row. */
export const needsWhere = (verb: "UPDATE" | "DELETE") =>
  new ApiError({ status: 400, code: "21000", message: `${verb} requires a WHERE clause` });

export const bodyTooLarge = (limit: string) =>
  new ApiError({
    status: 413,
    code: "PGRST102",
    message: `The request body is larger than ${limit}; send less at once.`,
  });

export const nulByte = () =>
  new ApiError({ status: 400, code: "22021", message: 'invalid byte sequence for encoding "UTF8": 0x00' });

function tokenRefused(code: string, message: string, details: string | null): ApiError {
  const challenge = `Bearer error="invalid_token", error_description=${JSON.stringify(message)}`;
  return new ApiError({ status: 401, code, message, details, headers: [["WWW-Authenticate", challenge]] });
}

export const undecodableToken = (message: string, details: string | null = null) =>
  tokenRefused("PGRST301", message, details);

export const invalidClaims = (message: string) => tokenRefused("PGRST303", message, null);

export const unknownRole = (role: string) =>
  new ApiError({
    status: 401,
    code: "22023",
    message: `role "${role}" does not exist`,
    headers: [["WWW-Authenticate", "Bearer"]],
  });

export const schemaForbidden = () =>
  new ApiError({
    status: 401,
    code: "PGRST302",
    message: "Secret API key required",
    hint: "Only secret API keys can be used for this endpoint.",
    headers: [["WWW-Authenticate", "Bearer"]],
  });

export const poolTimeout = () =>
  new ApiError({ status: 504, code: "PGRST003", message: "Timed out acquiring connection from connection pool." });

/** As Postgres says it of a statement that was already running. */
export const clientLeft = () =>
  new ApiError({ status: 500, code: "57014", message: "canceling statement due to user request" });

export const schemaCacheUnavailable = () =>
  new ApiError({
    status: 503,
    code: "PGRST002",
    message: "Could not query the database for the schema cache. Retrying.",
    headers: [RETRY_SOON],
  });
