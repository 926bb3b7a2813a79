// What an Edge Function refused. Its client keeps the answer's body unread, and with it the code that says why.
import { type AppError, toAppError } from "./errors";

export async function toFunctionError(cause: unknown): Promise<AppError> {
  const response = typeof cause === "object" && cause !== null ? Reflect.get(cause, "context") : null;
  if (!(response instanceof Response)) return toAppError(cause);
  const body: unknown = await response.json().catch(() => null);
  return toAppError(typeof body === "object" && body !== null ? { ...body, status: response.status } : cause);
}
