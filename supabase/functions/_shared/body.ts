// What a caller sent, read as JSON and never trusted: too long, not JSON, not an object are said in one sentence each.
import { FunctionError } from "./errors.ts";

const MOST_BYTES = 16 * 1024;

export async function readObject(request: Request): Promise<Record<string, unknown>> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) throw tooLong();
  const text = await request.text();
  if (text.length > MOST_BYTES) throw tooLong();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed("The request must be JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw malformed("The request must be a JSON object.");
  return value as Record<string, unknown>;
}

export function malformed(sentence: string): FunctionError {
  return new FunctionError(400, "invalid_request", sentence);
}

export function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

function tooLong(): FunctionError {
  return new FunctionError(413, "too_long", "The request is too long.");
}
