import { describe, expect, it } from "vitest";
import { createAuth } from "../../../supabase/local/auth/index.ts";
import { createPerson, newEmail, ownAuth, PASSWORD, query, stackAuth } from "./support.ts";

const auth = stackAuth();

describe("throttling", () => {
  const wrong = (email: string, password = "Not-the-password-1") => ({
    method: "POST",
    body: JSON.stringify({ email, password }),
  });

  it("ends 60 wrong passwords in 429, even all at once, and then refuses the right one too", async () => {
    const own = await ownAuth({ rate_limit: { sign_in_sign_ups: 30 } });
    const { email } = await createPerson(own);
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => own.raw("/token?grant_type=password", wrong(email))),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 400)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    const bodies = await Promise.all(answers.map(async (answer) => (await answer.json()).error_code));
    expect(new Set(bodies)).toEqual(new Set(["invalid_credentials", "over_request_rate_limit"]));
    expect((await own.raw("/token?grant_type=password", wrong(email, PASSWORD))).status).toBe(429);
    const elsewhere = await own.raw("/token?grant_type=password", { ...wrong(email, PASSWORD), ip: "192.0.2.7" });
    expect(elsewhere.status).toBe(200);
    await own.close();
  });

  it("also stops one guess each at many addresses, known or not", async () => {
    const own = await ownAuth({ rate_limit: { sign_in_sign_ups: 10 } });
    const statuses = [];
    for (let index = 0; index < 20; index += 1)
      statuses.push((await own.raw("/token?grant_type=password", wrong(newEmail("guess")))).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    await own.close();
  });

  it("never counts a right password", async () => {
    const own = await ownAuth({ rate_limit: { sign_in_sign_ups: 3 } });
    const { email } = await createPerson(own);
    for (let index = 0; index < 8; index += 1)
      expect((await own.raw("/token?grant_type=password", wrong(email, PASSWORD))).status).toBe(200);
    await own.close();
  });

  it("stops guessing of codes and floods of refreshes and anonymous users", async () => {
    const own = await ownAuth({
      enable_anonymous_sign_ins: true,
      rate_limit: { token_verifications: 4, token_refresh: 3, anonymous_users: 2 },
    });
    const { email } = await createPerson(own);
    const guesses = [];
    for (let index = 0; index < 6; index += 1)
      guesses.push((await own.client().auth.verifyOtp({ email, token: "000000", type: "email" })).error?.status);
    expect(guesses).toEqual([403, 403, 403, 403, 429, 429]);

    const client = own.client();
    await client.auth.signInWithPassword({ email, password: PASSWORD });
    const refreshes = [];
    for (let index = 0; index < 4; index += 1) refreshes.push((await client.auth.refreshSession()).error?.code);
    expect(refreshes).toEqual([undefined, undefined, undefined, "over_request_rate_limit"]);

    const anonymous = [];
    for (let index = 0; index < 3; index += 1)
      anonymous.push((await own.client().auth.signInAnonymously()).error?.status);
    expect(anonymous).toEqual([undefined, undefined, 429]);
    await own.close();
  });
});

describe("requests nobody meant", () => {
  const paths = [
    "/signup",
    "/token?grant_type=password",
    "/token?grant_type=refresh_token",
    "/token?grant_type=pkce",
    "/recover",
    "/otp",
    "/resend",
    "/verify",
    "/admin/users",
    "/admin/generate_link",
  ];
  const bodies: [string, string][] = [
    ["no JSON", "{"],
    ["an array", "[]"],
    ["a string", '"x"'],
    ["a NUL byte", '{"email":"a\\u0000@auth.test","password":"x\\u0000y","data":{"a":"\\u0000"}}'],
    ["half a surrogate pair", '{"email":"a@auth.test","password":"\\ud800","data":{"\\udfff":1}}'],
    ["more than a megabyte", JSON.stringify({ email: "x".repeat(1_100_000) })],
    ["a thousand brackets", `{"data":${"[".repeat(1000)}${"]".repeat(1000)}}`],
    ["wrong types", '{"email":{"$gt":""},"password":1,"type":[],"refresh_token":{},"auth_code":1}'],
    ["bytes that are no text", "\u00ff\u00fe"],
  ];

  it.each(bodies)("are refused with 400 when the body is %s", async (_what, body) => {
    for (const path of paths) {
      const answer = await auth.raw(path, { method: "POST", body, secret: path.startsWith("/admin") });
      const { error_code, msg } = await answer.json();
      expect([path, answer.status, ["bad_json", "validation_failed"].includes(error_code)]).toEqual([path, 400, true]);
      expect(msg).not.toMatch(/postgres|sql|at \w+ \(|node_modules/i);
    }
  });

  it("are refused in the address, too", async () => {
    for (const path of [
      "/verify?type=signup&token=%00",
      "/verify?type=constructor&token=x",
      "/token?grant_type=%00",
      "/admin/users/%00",
      "/admin/users/not-a-uuid",
      "/admin/users?page=1e9&per_page=%00",
      "/nothing/here",
    ]) {
      const method = path.startsWith("/token") ? "POST" : "GET";
      const answer = await auth.raw(path, { method, secret: true });
      expect([path, answer.status >= 300 && answer.status < 500]).toEqual([path, true]);
      expect(answer.headers.get("location") ?? "").not.toMatch(/server_error/);
    }
    expect((await auth.raw("/signup", { method: "DELETE" })).status).toBe(405);
  });
});

describe("what may be known without signing in", () => {
  it("is the service's health, its settings and the key of its tokens", async () => {
    const read = async (path: string) => (await auth.raw(path)).json();
    expect(await read("/health")).toMatchObject({ name: "GoTrue", version: expect.stringMatching(/^v2\./) });
    expect(await read("/settings")).toMatchObject({
      external: { email: true, google: false, anonymous_users: false },
      disable_signup: false,
      mailer_autoconfirm: false,
    });
    const { keys } = await read("/.well-known/jwks.json");
    expect(keys).toEqual([expect.objectContaining({ kty: "EC", alg: "ES256", crv: "P-256", use: "sig" })]);
    expect(keys[0].d).toBeUndefined();
  });
});

describe("when the database is away", () => {
  it("says so without details", async () => {
    const service = await createAuth({
      databaseUrl: "postgresql://supabase_auth_admin:x@127.0.0.1:9/postgres",
      tokens: { sign: async () => "", verify: async () => ({}), jwks: () => ({ keys: [] }) },
      apiUrl: "http://127.0.0.1:9",
      config: {},
      sendMail: async () => undefined,
    });
    const request = new Request("http://127.0.0.1:9/auth/v1/token?grant_type=password", {
      method: "POST",
      body: JSON.stringify({ email: newEmail(), password: PASSWORD }),
    });
    const answer = await service.handle(request, { key: "publishable", bearer: null, ip: "127.0.0.1" });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      code: 503,
      error_code: "unexpected_failure",
      msg: "The database cannot be reached right now. Please try again.",
    });
    await service.close();
  });

  it("goes on by itself when its connections were cut", async () => {
    const own = await ownAuth({});
    const { email } = await createPerson(own);
    await query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'auth' and usename = 'supabase_admin'",
    );
    const signIn = () => own.client().auth.signInWithPassword({ email, password: PASSWORD });
    const first = await signIn();
    expect([undefined, 503]).toContain(first.error?.status);
    expect((await signIn()).error).toBeNull();
    await own.close();
  });
});
