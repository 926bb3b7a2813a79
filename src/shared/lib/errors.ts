// Whatever goes wrong on the way to the backend, as one class with a kind to decide by and a sentence to show.
export type ErrorKind =
  | "offline"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "invalid"
  | "throttled"
  | "unavailable"
  | "unexpected";

const sentences: Record<ErrorKind, string> = {
  offline: "The server cannot be reached. Check your connection and try again.",
  unauthenticated: "Your session has ended. Sign in again to go on.",
  forbidden: "You do not have the right to do this. An administrator of your organization can grant it.",
  "not-found": "This does not exist, or you may not see it.",
  conflict: "Somebody else changed this in the meantime. Look at the new version and try again.",
  invalid: "Something in what you entered is not accepted. Check it and try again.",
  throttled: "That was too often in a short time. Wait a few minutes and try again.",
  unavailable: "The server is not ready right now. Try again in a moment.",
  unexpected: "Something went wrong on our side. Try again; if it stays, tell your administrator.",
};

export class AppError extends Error {
  readonly kind: ErrorKind;
  /** SQLSTATE or error code of the service, for the log and for support. */
  readonly code: string | undefined;

  constructor(kind: ErrorKind, options: { sentence?: string; code?: string | undefined; cause?: unknown } = {}) {
    super(options.sentence ?? sentences[kind], { cause: options.cause });
    this.name = "AppError";
    this.kind = kind;
    this.code = options.code;
  }
}

/** Codes with a sentence of their own. */
const byCode: Record<string, { kind: ErrorKind; sentence: string }> = {
  invalid_credentials: { kind: "invalid", sentence: "This e-mail address and password do not belong together." },
  email_not_confirmed: {
    kind: "invalid",
    sentence: "This e-mail address is not confirmed yet. Open the link in the mail we sent you, then sign in.",
  },
  user_banned: {
    kind: "forbidden",
    sentence: "This account is suspended. An administrator of your organization can help.",
  },
};

const byStatus: Record<number, ErrorKind> = {
  0: "offline",
  400: "invalid",
  401: "unauthenticated",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  422: "invalid",
  429: "throttled",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/** From what Auth, the Data API or an Edge Function reported. */
export function toAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = stringOf(cause, "code");
  const known = code === undefined ? undefined : byCode[code];
  if (known) return new AppError(known.kind, { sentence: known.sentence, code, cause });
  const status = statusOf(cause);
  const kind = isUnreachable(cause)
    ? "offline"
    : status === undefined
      ? "unexpected"
      : (byStatus[status] ?? "unexpected");
  return new AppError(kind, { code, cause });
}

// Each client names a failed fetch in its own way.
function isUnreachable(cause: unknown): boolean {
  const name = stringOf(cause, "name");
  return name === "AuthRetryableFetchError" || name === "FunctionsFetchError" || cause instanceof TypeError;
}

function statusOf(cause: unknown): number | undefined {
  const own = property(cause, "status");
  if (typeof own === "number") return own;
  // An Edge Function's error carries the whole response.
  const response = property(cause, "context");
  return response instanceof Response ? response.status : undefined;
}

function stringOf(cause: unknown, name: string): string | undefined {
  const value = property(cause, name);
  return typeof value === "string" ? value : undefined;
}

function property(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}
