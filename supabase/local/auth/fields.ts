// Reads JSON bodies the strict way: what is missing is empty, what has the wrong type is refused, never guessed.
import { badJson, invalid } from "./errors.ts";

export type JsonObject = Record<string, unknown>;

const MAX_BODY_BYTES = 1_000_000;
const MAX_DEPTH = 64;

export interface Fields {
  text(name: string): string;
  /** Undefined when the field is absent, so that "not given" and "emptied" stay apart. */
  optionalText(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  object(name: string): JsonObject | undefined;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Postgres stores neither NUL nor half a surrogate pair, in text or in jsonb. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

function requireStorable(value: unknown): void {
  // An explicit stack: a body of brackets alone must not exhaust the call stack.
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.depth > MAX_DEPTH) throw invalid("The request body is nested too deeply.");
    if (typeof next.value === "string" && !isStorable(next.value))
      throw invalid("The request body contains characters that cannot be stored.");
    if (typeof next.value !== "object" || next.value === null) continue;
    for (const [key, child] of Object.entries(next.value))
      open.push({ value: key, depth: next.depth + 1 }, { value: child, depth: next.depth + 1 });
  }
}

function readFields(values: JsonObject): Fields {
  const read = <T>(name: string, type: string, is: (value: unknown) => value is T): T | undefined => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === null) return undefined;
    if (is(value)) return value;
    throw badJson(`Could not parse request body as JSON: "${name}" must be ${type}.`);
  };
  const optionalText = (name: string) => read(name, "a string", (value) => typeof value === "string");
  return {
    optionalText,
    text: (name) => optionalText(name) ?? "",
    flag: (name) => read(name, "true or false", (value) => typeof value === "boolean"),
    object: (name) => read(name, "an object", isObject),
  };
}

/** Reads to the end, because a connection is only answered then, but keeps no more than the limit. */
async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw badJson("Could not read request body: it is larger than 1 MB.");
  return Buffer.concat(chunks);
}

/** An empty body counts as an empty object: several endpoints need none. */
export async function readBody(request: Request): Promise<Fields> {
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return readFields({});
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw badJson("Could not parse request body as JSON.");
  }
  if (!isObject(value)) throw badJson("Could not parse request body as JSON: it must be an object.");
  requireStorable(value);
  return readFields(value);
}
