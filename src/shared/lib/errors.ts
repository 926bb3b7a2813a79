// Whatever goes wrong on the way to the backend, as one class with a kind to decide by and a sentence to show.
import { type ErrorKind, type ErrorMeaning, errorMeanings } from "./error-codes";

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
  /** What the database adds for the machine, such as a JSON list of the fields that are wrong. */
  readonly details: string | undefined;

  constructor(
    kind: ErrorKind,
    options: {
      sentence?: string | undefined;
      code?: string | undefined;
      details?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(options.sentence ?? sentences[kind], { cause: options.cause });
    this.name = "AppError";
    this.kind = kind;
    this.code = options.code;
    this.details = options.details;
  }
}

/** The SQLSTATE's first two characters name its class. */
const bySqlStateClass: Record<string, ErrorKind> = {
  "08": "unavailable",
  "22": "invalid",
  "23": "invalid",
  "40": "unavailable",
  "53": "unavailable",
  "57": "unavailable",
};

const byStatus: Record<number, ErrorKind> = {
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
  const { kind, sentence, inItsWords } = meaningOf(cause, code);
  return new AppError(kind, {
    sentence: inItsWords ? stringOf(cause, "message") : sentence,
    code,
    details: stringOf(cause, "details"),
    cause,
  });
}

function meaningOf(cause: unknown, code = ""): ErrorMeaning {
  const known = errorMeanings[code];
  if (known) return known;
  // Auth's client says so by name alone when the server does not know the session any more.
  if (stringOf(cause, "name") === "AuthSessionMissingError") return { kind: "unauthenticated" };
  if (isUnreachable(cause)) return { kind: "offline" };
  const kind = /^[0-9A-Z]{5}$/.test(code) ? bySqlStateClass[code.slice(0, 2)] : byStatus[statusOf(cause) ?? 0];
  return { kind: kind ?? "unexpected" };
}

// Each client names a failed fetch in its own way.
function isUnreachable(cause: unknown): boolean {
  const name = stringOf(cause, "name");
  if (name === "AuthRetryableFetchError") return !statusOf(cause);
  return (
    name === "FunctionsFetchError" ||
    cause instanceof TypeError ||
    /^(TypeError|FetchError): /.test(stringOf(cause, "message") ?? "")
  );
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
