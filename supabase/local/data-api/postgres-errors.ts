// What Postgres refuses, passed on with its own code and words and the status that PostgREST gives to its SQLSTATE.
import { DatabaseError } from "pg";
import { ApiError, RETRY_SOON } from "./errors.ts";

/** `identified`: the request came with a role other than anon, which turns "no permission" from 401 into 403. */
export function fromPostgres(error: unknown, identified: boolean): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DatabaseError && error.code) return fromServer(error, error.code, identified);
  const text = error instanceof Error ? error.message : String(error);
  return new ApiError({
    status: 503,
    code: "PGRST000",
    message: "Database connection error. Retrying the connection.",
    details: text,
    headers: [RETRY_SOON],
  });
}

function fromServer(error: DatabaseError, code: string, identified: boolean): ApiError {
  if (code === "PGRST") return raisedResponse(error);
  const custom = /^PT(\d{3})$/.exec(code)?.[1];
  const status = custom ? Number(custom) : statusOf(code, error.message, identified);
  return new ApiError({
    status: status >= 200 && status < 600 ? status : 500,
    code,
    message: error.message,
    details: error.detail ?? null,
    hint: error.hint ?? null,
    ...(custom && { statusText: error.message }),
    headers: status === 401 ? [["WWW-Authenticate", "Bearer"]] : [],
  });
}

const BY_CODE: Record<string, number> = {
  "23503": 409,
  "23505": 409,
  "25006": 405,
  "53400": 500,
  "57P01": 503,
  P0001: 400,
  "42P01": 404,
  "42P17": 500,
};

const BY_CLASS: Record<string, number> = {
  "08": 503,
  "09": 500,
  "0L": 403,
  "0P": 403,
  "25": 500,
  "28": 403,
  "2D": 500,
  "38": 500,
  "39": 500,
  "3B": 500,
  "40": 500,
  "53": 503,
  "54": 413,
  "55": 500,
  "57": 500,
  "58": 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
  PT: 500,
};

function statusOf(code: string, message: string, identified: boolean): number {
  if (code === "42501") return identified ? 403 : 401;
  if (code === "42883") return message.startsWith("function xmlagg(") ? 406 : 404;
  if (code === "21000") return message.endsWith("requires a WHERE clause") ? 400 : 500;
  if (code === "22023") return message.startsWith("role") && message.endsWith("does not exist") ? 401 : 400;
  return BY_CODE[code] ?? BY_CLASS[code.slice(0, 2)] ?? 400;
}

/** `raise sqlstate 'PGRST'`: message and detail are JSON and describe the whole response. */
function raisedResponse(error: DatabaseError): ApiError {
  const message = jsonObject(error.message);
  if (!message || typeof message.code !== "string" || typeof message.message !== "string")
    return unreadableRaise(
      `Invalid JSON value for MESSAGE: '${error.message}'`,
      "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'.",
    );
  const detailHint =
    "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'.";
  if (error.detail === undefined) return unreadableRaise("DETAIL is missing in the RAISE statement", detailHint);
  const detail = jsonObject(error.detail);
  const headers = detail && textEntries(detail.headers);
  const status = detail?.status;
  if (!headers || typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599)
    return unreadableRaise(`Invalid JSON value for DETAIL: '${error.detail}'`, detailHint);
  return new ApiError({
    status,
    code: message.code,
    message: message.message,
    details: message.details ?? null,
    hint: typeof message.hint === "string" ? message.hint : null,
    ...(typeof detail.status_text === "string" && { statusText: detail.status_text }),
    headers,
  });
}

function unreadableRaise(details: string, hint: string): ApiError {
  const message = "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error";
  return new ApiError({ status: 500, code: "PGRST121", message, details, hint });
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function textEntries(value: unknown): [string, string][] | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const entries: [string, string][] = [];
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== "string") return null;
    entries.push([name, text]);
  }
  return entries;
}
