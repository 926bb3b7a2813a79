// What goes wrong, in the words and shapes of the platform's Auth service: clients tell errors apart by their code.

export class AuthFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly weakPasswordReasons: string[] | null;

  constructor(status: number, code: string, message: string, weakPasswordReasons: string[] | null = null) {
    super(message);
    this.name = "AuthFailure";
    this.status = status;
    this.code = code;
    this.weakPasswordReasons = weakPasswordReasons;
  }
}

export const invalid = (message: string) => new AuthFailure(400, "validation_failed", message);
export const badJson = (message: string) => new AuthFailure(400, "bad_json", message);
export const unauthorized = () =>
  new AuthFailure(401, "no_authorization", "This endpoint requires a valid Bearer token");
export const notAdmin = () => new AuthFailure(403, "not_admin", "User not allowed");
export const emailExists = () =>
  new AuthFailure(422, "email_exists", "A user with this email address has already been registered");
export const phoneExists = () =>
  new AuthFailure(422, "phone_exists", "Phone number already registered by another user");
export const unconfirmedLink = () => new AuthFailure(403, "otp_expired", "Email link is invalid or has expired");
export const wrongCode = () => new AuthFailure(403, "otp_expired", "Token has expired or is invalid");
export const wrongCredentials = () => new AuthFailure(400, "invalid_credentials", "Invalid login credentials");
export const userNotFound = () => new AuthFailure(404, "user_not_found", "User not found");
export const signupDisabled = () => new AuthFailure(422, "signup_disabled", "Signups not allowed for this instance");
export const tooManyRequests = () => new AuthFailure(429, "over_request_rate_limit", "Request rate limit reached");
export const savingUserFailed = () => new AuthFailure(500, "unexpected_failure", "Database error saving new user");

/** Clients that name this version, or a later one, read the code from `code`; older ones find a number there. */
const apiVersion = "2024-01-01";
const apiVersionHeader = "x-supabase-api-version";

export function errorResponse(failure: AuthFailure, request: Request): Response {
  const weakPassword = failure.weakPasswordReasons && { weak_password: { reasons: failure.weakPasswordReasons } };
  const asked = request.headers.get(apiVersionHeader) ?? "";
  const current = /^\d{4}-\d{2}-\d{2}$/.test(asked) && asked >= apiVersion;
  const body = current
    ? { code: failure.code, message: failure.message, ...weakPassword }
    : { code: failure.status, error_code: failure.code, msg: failure.message, ...weakPassword };
  return Response.json(body, {
    status: failure.status,
    headers: { "x-sb-error-code": failure.code, ...(current && { [apiVersionHeader]: apiVersion }) },
  });
}

const sqlState = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";

export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return (
    sqlState(error) === "23505" &&
    typeof error === "object" &&
    error !== null &&
    "constraint" in error &&
    error.constraint === constraint
  );
}

/** Anything thrown becomes an answer; what the database or Node said stays in the log. */
export function asAuthFailure(error: unknown): AuthFailure {
  if (error instanceof AuthFailure) return error;
  const state = sqlState(error);
  if (isUniqueViolation(error, "users_email_partial_key")) return emailExists();
  if (isUniqueViolation(error, "users_phone_key")) return phoneExists();
  // Data that Postgres cannot store is the caller's mistake, whichever way it slipped through.
  if (/^(22|54)/.test(state)) return invalid("The request contains a value that cannot be stored.");
  console.error("auth:", error);
  if (/^(08|53|57)|^E[A-Z]+$/.test(state) || (error instanceof Error && /connect|terminated/i.test(error.message)))
    return new AuthFailure(503, "unexpected_failure", "The database cannot be reached right now. Please try again.");
  return new AuthFailure(
    500,
    "unexpected_failure",
    "Unexpected failure, please check server logs for more information",
  );
}
