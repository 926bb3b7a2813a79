// What a caller is told when something goes wrong: a code for programs, a sentence for people, nothing of the inside.
import { json } from "./cors.ts";

export class FunctionError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  /** What the database adds for the machine. */
  readonly details: string | undefined;

  constructor(status: number, code: string, sentence: string, headers: Record<string, string> = {}, details?: string) {
    super(sentence);
    this.name = "FunctionError";
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.details = details;
  }
}

export function methodNotAllowed(allowed: readonly string[]): FunctionError {
  const headers = { allow: [...allowed, "OPTIONS"].join(", ") };
  return new FunctionError(405, "method_not_allowed", `This function answers ${allowed.join(" and ")} only.`, headers);
}

/** Logs what the caller must not see. */
export function errorResponse(error: unknown): Response {
  if (error instanceof FunctionError) {
    const { code, message, details, status, headers } = error;
    return json({ code, message, ...(details !== undefined && { details }) }, status, headers);
  }
  console.error(error);
  return json({ code: "internal_error", message: "Something went wrong on our side. Please try again." }, 500);
}
