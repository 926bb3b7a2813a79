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
  ["a stale version", { status: 409, code: "23505" }, "conflict", /Somebody else/],
  ["what nobody expected", { status: 500, message: "relation private.x" }, "unexpected", /on our side/],
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
