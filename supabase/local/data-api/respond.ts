// Answers: status with its reason phrase, headers, body.
import { STATUS_CODES } from "node:http";
import { type ApiError, badHeadersSetting, badStatusSetting } from "./errors.ts";
import { JSON_TYPE } from "./request/media-types.ts";

export interface Answer {
  status: number;
  statusText?: string;
  headers: [string, string][];
  body: string | Uint8Array<ArrayBuffer> | null;
}

// Where PostgREST's HTTP library and Node differ in the phrase.
const PHRASES: Record<number, string> = { 413: "Request Entity Too Large" };

export function toResponse(answer: Answer, method: string): Response {
  const headers = new Headers();
  for (const [name, value] of answer.headers) headers.append(name, value);
  const bodiless = method === "HEAD" || answer.status === 204 || answer.status === 205 || answer.status === 304;
  const bytes = bodiless || answer.body === null ? null : asBytes(answer.body);
  if (!bodiless) headers.set("Content-Length", String(bytes?.byteLength ?? 0));
  const statusText = answer.statusText ?? PHRASES[answer.status] ?? STATUS_CODES[answer.status] ?? "";
  return new Response(bytes, { status: answer.status, statusText: asPhrase(statusText), headers });
}

const asBytes = (body: string | Uint8Array<ArrayBuffer>) => (typeof body === "string" ? Buffer.from(body) : body);

/** A reason phrase is one line of Latin-1. */
const asPhrase = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]+/g, " ");

export function errorResponse(error: ApiError, method: string, more: [string, string][] = []): Response {
  const headers: [string, string][] = [
    ...more,
    ["Content-Type", JSON_TYPE],
    ["Proxy-Status", `PostgREST; error=${error.code}`],
    ...error.headers,
  ];
  return toResponse(
    { status: error.status, ...(error.statusText && { statusText: error.statusText }), headers, body: error.body() },
    method,
  );
}

/** What the database asked for with the settings response.status and response.headers. */
export function withDatabaseWishes(
  answer: Answer,
  headersSetting: string | null,
  statusSetting: string | null,
): Answer {
  const wished = headersSetting === null ? [] : headersOf(headersSetting);
  const names = new Set(wished.map(([name]) => name.toLowerCase()));
  const headers = [...answer.headers.filter(([name]) => !names.has(name.toLowerCase())), ...wished];
  if (statusSetting === null) return { ...answer, headers };
  const status = Number(statusSetting);
  if (!Number.isInteger(status) || status < 200 || status > 599) throw badStatusSetting();
  return { ...answer, status, headers };
}

function headersOf(setting: string): [string, string][] {
  let value: unknown;
  try {
    value = JSON.parse(setting);
  } catch {
    throw badHeadersSetting();
  }
  if (!Array.isArray(value)) throw badHeadersSetting();
  return value.map((entry: unknown): [string, string] => {
    const pairs = typeof entry === "object" && entry !== null ? Object.entries(entry) : [];
    const [pair] = pairs;
    if (!pair || pairs.length !== 1 || typeof pair[1] !== "string") throw badHeadersSetting();
    // A header that cannot be sent is a mistake of the function that set it.
    try {
      new Headers([[pair[0], pair[1]]]);
    } catch {
      throw badHeadersSetting();
    }
    return [pair[0], pair[1]];
  });
}
