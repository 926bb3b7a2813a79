import { FunctionsFetchError, FunctionsHttpError } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { AppError, toAppError } from "./errors";

test.each([
  [
    "a wrong password",
    { name: "AuthApiError", status: 400, code: "invalid_credentials" },
    "invalid",
    /do not belong together/,
  ],
  [
    "an unconfirmed address",
    { name: "AuthApiError", status: 400, code: "email_not_confirmed" },
    "invalid",
    /not confirmed yet/,
  ],
  [
    "too many tries",
    { name: "AuthApiError", status: 429, code: "over_request_rate_limit" },
    "throttled",
    /Wait a few minutes/,
  ],
  ["no network during sign-in", { name: "AuthRetryableFetchError", status: 0 }, "offline", /cannot be reached/],
  ["no network during a read", new TypeError("Failed to fetch"), "offline", /cannot be reached/],
  ["no network during a function call", new FunctionsFetchError(new TypeError("x")), "offline", /cannot be reached/],
  [
    "a function that refuses",
    new FunctionsHttpError(new Response("", { status: 403 })),
    "forbidden",
    /do not have the right/,
  ],
  [
    "a function that is not ready",
    new FunctionsHttpError(new Response("", { status: 503 })),
    "unavailable",
    /not ready/,
  ],
  ["Auth that is not ready", { name: "AuthRetryableFetchError", status: 503 }, "unavailable", /not ready/],
  ["a stale version", { status: 409 }, "conflict", /Somebody else/],
  ["a value that is taken", { code: "23505", message: "duplicate key" }, "conflict", /exists already/],
  ["a row that is not for this person", { code: "42501", message: "permission denied" }, "forbidden", /right/],
  ["a value that a check refuses", { code: "23514", message: "violates check" }, "invalid", /not accepted/],
  ["a statement that took too long", { code: "57014", message: "canceling" }, "unavailable", /took too long/],
  ["a database that is full of connections", { code: "53300", message: "too many" }, "unavailable", /not ready/],
  ["a token that the Data API refuses", { code: "PGRST303", message: "JWT expired" }, "unauthenticated", /Sign in/],
  ["a row that is not there", { code: "PGRST116", message: "0 rows" }, "not-found", /does not exist/],
  ["no network during a query", { code: "", message: "TypeError: Failed to fetch" }, "offline", /cannot be reached/],
  ["a SQLSTATE nobody expected", { code: "XX000", message: "internal" }, "unexpected", /on our side/],
  ["what nobody expected", { status: 500, message: "relation private.x" }, "unexpected", /on our side/],
  ["a session that Auth does not know", { name: "AuthSessionMissingError", status: 400 }, "unauthenticated", /Sign in/],
  ["a session that was ended elsewhere", { code: "PT401", message: "The session" }, "unauthenticated", /Sign in/],
  [
    "a password that is the old one",
    { name: "AuthApiError", status: 422, code: "same_password" },
    "invalid",
    /Choose another/,
  ],
  ["a version that is not the newest", { code: "PW006", message: "stale" }, "conflict", /Somebody else/],
  ["a SQLSTATE of our own that is new", { code: "PW999", message: "x" }, "unexpected", /on our side/],
  ["not even an object", "boom", "unexpected", /on our side/],
])("%s becomes a sentence", (_story, cause, kind, sentence) => {
  const error = toAppError(cause);
  expect(error.kind).toBe(kind);
  expect(error.message).toMatch(sentence);
});

test("an error that is ours already is passed on as it is", () => {
  const error = new AppError("conflict");
  expect(toAppError(error)).toBe(error);
});

test("what the database says about single fields is kept", () => {
  const details = '[{"path": "rate", "message": "must be a number"}]';
  expect(toAppError({ code: "PW007", message: "x", details, hint: null }).details).toBe(details);
  expect(toAppError({ code: "PW007", message: "x", details: null }).details).toBeUndefined();
});
