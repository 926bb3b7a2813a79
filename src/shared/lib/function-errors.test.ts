import { FunctionsFetchError, FunctionsHttpError } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { toFunctionError } from "./function-errors";

const refusal = (status: number, body: BodyInit) => new FunctionsHttpError(new Response(body, { status }));

test("the code in the answer decides, and the details are kept", async () => {
  const error = await toFunctionError(
    refusal(400, JSON.stringify({ code: "PW004", message: "x", details: '["northwind.test"]' })),
  );
  expect(error).toMatchObject({ kind: "invalid", code: "PW004", details: '["northwind.test"]' });
});

test.each([
  ["a code nobody knows speaks with its status", refusal(429, JSON.stringify({ code: "slow_down" })), "throttled"],
  ["an answer that is no JSON speaks with its status", refusal(503, "<html>"), "unavailable"],
  ["no answer is no network", new FunctionsFetchError(new TypeError("x")), "offline"],
])("%s", async (_story, cause, kind) => {
  expect((await toFunctionError(cause)).kind).toBe(kind);
});
