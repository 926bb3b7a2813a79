// The runner's own answers, in the words of the platform: `{ code, message }`, with the code once more in a header. What went
// wrong inside a function stands in the log only.

export interface Refusal {
  status: number;
  code: string;
  message: string;
}

export const notFound: Refusal = { status: 404, code: "NOT_FOUND", message: "Requested function was not found" };
export const methodNotAllowed: Refusal = { status: 405, code: "METHOD_NOT_ALLOWED", message: "Method not allowed" };
export const noWebSockets: Refusal = {
  status: 400,
  code: "BAD_REQUEST",
  message: "The local stack's functions do not take WebSockets. Use a streamed response or Realtime.",
};
export const bootError: Refusal = {
  status: 503,
  code: "BOOT_ERROR",
  message: "Function failed to start (please check logs)",
};
export const workerError: Refusal = {
  status: 500,
  code: "WORKER_ERROR",
  message: "Function exited due to an error (please check logs)",
};
export const workerLimit: Refusal = {
  status: 546,
  code: "WORKER_LIMIT",
  message: "Function failed due to not having enough compute resources (please check logs)",
};

export function idleTimeout(limitMs: number): Refusal {
  const seconds = Math.round(limitMs / 100) / 10;
  return { status: 504, code: "IDLE_TIMEOUT", message: `Request idle timeout limit (${seconds}s) reached` };
}

export function unauthorized(reason: string, message: string): Refusal {
  return { status: 401, code: `UNAUTHORIZED_${reason}`, message };
}

/** The header has lost its `x-` on the platform; both are sent, for whoever reads either. */
export function errorCodeHeaders(code: string): Record<string, string> {
  return { "sb-error-code": code, "x-sb-error-code": code };
}

export function refuse({ status, code, message }: Refusal, headers: Record<string, string> = {}): Response {
  return Response.json({ code, message }, { status, headers: { ...errorCodeHeaders(code), ...headers } });
}
