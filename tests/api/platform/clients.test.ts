// What supabase-js meets from outside, on the embedded stack and on a hosted project alike.
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stack } from "../../support/stack.ts";

const { apiUrl, publishableKey, secretKey } = stack();
const stateless = { auth: { persistSession: false, autoRefreshToken: false } };
const email = `clients-${crypto.randomUUID()}@example.test`;
const password = "Correct-horse-7";

const admin = createClient(apiUrl, secretKey, stateless);
let person: SupabaseClient;
let userId: string;

beforeAll(async () => {
  const { data, error } = await admin.auth.admin.createUser({ email, password, email_confirm: true });
  if (error) throw error;
  userId = data.user.id;
  person = createClient(apiUrl, publishableKey, stateless);
  const signedIn = await person.auth.signInWithPassword({ email, password });
  if (signedIn.error) throw signedIn.error;
});

afterAll(async () => {
  await admin.auth.admin.deleteUser(userId);
});

describe("a signed-in person", () => {
  test("calls a database function with their own rights", async () => {
    const { data, error } = await person.rpc("stack_health");
    expect(error).toBeNull();
    expect(data).toMatchObject({ database: expect.stringMatching(/^17\./), migrations_applied: expect.any(Number) });
  });

  test("calls an Edge Function, which sees the same database", async () => {
    const { data, error } = await person.functions.invoke("health");
    expect(error).toBeNull();
    expect(data).toMatchObject({ status: "ok", versions: { database: expect.stringMatching(/^17\./) } });
    expect(data.migrations.applied).toBeGreaterThan(0);
  });

  test("is the one their token names, for Auth and for its published key", async () => {
    const { data } = await person.auth.getUser();
    expect(data.user?.id).toBe(userId);
    const claims = await person.auth.getClaims();
    expect(claims.data?.claims).toMatchObject({ sub: userId, role: "authenticated" });
  });

  test("is nobody any more once their account is deleted", async () => {
    const address = `gone-${crypto.randomUUID()}@example.test`;
    const made = await admin.auth.admin.createUser({ email: address, password, email_confirm: true });
    const client = createClient(apiUrl, publishableKey, stateless);
    await client.auth.signInWithPassword({ email: address, password });
    await admin.auth.admin.deleteUser(made.data.user?.id ?? "");
    const { error } = await client.auth.getUser();
    expect(error?.status).toBe(403);
  });
});

describe("somebody who has not signed in", () => {
  const anonymous = createClient(apiUrl, publishableKey, stateless);

  test("may not call the database function", async () => {
    const { error, status } = await anonymous.rpc("stack_health");
    expect(status).toBe(401);
    expect(error?.code).toBe("42501");
  });

  test("may not call the Edge Function", async () => {
    const { error } = await anonymous.functions.invoke("health");
    expect(error?.context?.status).toBe(401);
  });

  test("may not administer users", async () => {
    const { error } = await anonymous.auth.admin.listUsers();
    expect(error?.status).toBeGreaterThanOrEqual(401);
    expect(error?.status).toBeLessThanOrEqual(403);
  });

  test.each(["/rest/v1/", "/auth/v1/settings", "/functions/v1/health"])(
    "without a project key gets nothing at %s",
    async (path) => {
      const answer = await fetch(apiUrl + path);
      expect(answer.status).toBe(401);
    },
  );

  test("with a key that is not the project's gets nothing", async () => {
    const answer = await fetch(`${apiUrl}/rest/v1/`, { headers: { apikey: `${publishableKey}x` } });
    expect(answer.status).toBe(401);
  });
});

describe("a token that is not the project's own", () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { role: "service_role", sub: userId, aud: "authenticated", exp: Math.floor(Date.now() / 1000) + 3600 };

  test.each([
    ["unsigned", `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`],
    ["signed with a key of one's own", `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}.${"a".repeat(43)}`],
    ["no token at all", "abc.def.ghi"],
  ])("%s opens nothing", async (_kind, token) => {
    const headers = { apikey: publishableKey, authorization: `Bearer ${token}` };
    expect((await fetch(`${apiUrl}/rest/v1/rpc/stack_health`, { method: "POST", headers })).status).toBe(401);
    expect((await fetch(`${apiUrl}/auth/v1/user`, { headers })).status).toBe(403);
    expect((await fetch(`${apiUrl}/functions/v1/health`, { headers })).status).toBe(401);
  });
});
