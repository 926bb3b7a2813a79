// The request's body, brought to one JSON text that Postgres reads, and the names of its columns.
import { bodyTooLarge, invalidBody } from "../errors.ts";

const LARGEST_BODY = 20 * 1024 * 1024;
const LIMIT_TEXT = "20 MB";

export type BodyType = "json" | "csv" | "form" | "text" | "xml" | "binary";

export interface Payload {
  /** JSON for Postgres; the body as it came when its type is text, xml or binary. */
  text: string;
  /** Columns of the first row, sorted. */
  keys: string[];
  isObject: boolean;
}

export async function readBody(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BODY) throw bodyTooLarge(LIMIT_TEXT);
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) throw bodyTooLarge(LIMIT_TEXT);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

export function bodyType(header: string | null, isFunction: boolean): BodyType {
  const type = (header ?? "application/json").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json" || type === "") return "json";
  if (type === "text/csv") return "csv";
  if (type === "application/x-www-form-urlencoded") return "form";
  if (isFunction && type === "text/plain") return "text";
  if (isFunction && type === "text/xml") return "xml";
  if (isFunction && type === "application/octet-stream") return "binary";
  throw invalidBody(`Content-Type not acceptable: ${type}`);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidBody("Empty or invalid json");
  }
}

export function readPayload(
  bytes: Uint8Array,
  type: BodyType,
  options: { columns: string[] | null; isFunction: boolean },
): Payload {
  if (type === "binary") return { text: `\\x${Buffer.from(bytes).toString("hex")}`, keys: [], isObject: false };
  const text = decode(bytes);
  if (type === "text" || type === "xml") return { text, keys: [], isObject: false };
  if (type === "csv") return ofRows(csvRows(text), options.columns);
  if (type === "form") return ofValue(Object.fromEntries(new URLSearchParams(text)), options.columns);
  if (options.columns) return { text, keys: sorted(options.columns), isObject: /^\s*\{/.test(text) };
  if (options.isFunction && text === "") return { text: "{}", keys: [], isObject: true };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidBody("Empty or invalid json");
  }
  // Anything but an object or an array stands for no rows.
  if (typeof value !== "object" || value === null) return { text: "[]", keys: [], isObject: false };
  return { text, keys: keysOf(value), isObject: !Array.isArray(value) };
}

function keysOf(value: object): string[] {
  if (!Array.isArray(value)) return sorted(Object.keys(value));
  const rows: unknown[] = value;
  const [first] = rows;
  if (first === undefined) return [];
  const keys = isRow(first) ? Object.keys(first) : null;
  const uniform = rows.every(
    (row) =>
      keys && isRow(row) && Object.keys(row).length === keys.length && keys.every((key) => Object.hasOwn(row, key)),
  );
  if (!keys || !uniform) throw invalidBody("All object keys must match");
  return sorted(keys);
}

const isRow = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const sorted = (names: string[]): string[] => [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function ofRows(rows: Record<string, unknown>[], columns: string[] | null): Payload {
  return { text: JSON.stringify(rows), keys: columns ? sorted(columns) : keysOf(rows), isObject: false };
}

function ofValue(value: Record<string, unknown>, columns: string[] | null): Payload {
  return { text: JSON.stringify(value), keys: sorted(columns ?? Object.keys(value)), isObject: true };
}

/** The first line names the columns; the word NULL is no value. */
function csvRows(text: string): Record<string, unknown>[] {
  const [header, ...lines] = csvLines(text);
  if (!header) throw invalidBody("not enough input");
  return lines.map((line) => {
    if (line.length !== header.length) throw invalidBody("All lines must have same number of fields");
    return Object.fromEntries(header.map((name, index) => [name, line[index] === "NULL" ? null : line[index]]));
  });
}

function csvLines(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let value = "";
  let quoted = false;
  const endLine = () => {
    line.push(value);
    if (line.length > 1 || value !== "") lines.push(line);
    line = [];
    value = "";
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if (quoted) {
      if (character !== '"') value += character;
      else if (text[index + 1] === '"') {
        value += '"';
        index++;
      } else quoted = false;
    } else if (character === '"' && value === "") quoted = true;
    else if (character === ",") {
      line.push(value);
      value = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[index + 1] === "\n") index++;
      endLine();
    } else value += character;
  }
  endLine();
  return lines;
}
