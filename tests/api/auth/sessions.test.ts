import { afterAll, describe, expect, it } from "vitest";
import { createPerson, newEmail, ownAuth, PASSWORD, query, signedIn, stackAuth } from "./support.ts";

const auth = stackAuth();

async function sessionOf(client: Awaited<ReturnType<typeof signedIn>>) {
  const { data } = await client.auth.getSession();
  if (!data.session) throw new Error("Not signed in.");
  return data.session;
}

const refresh = (token: string) => auth.client().auth.refreshSession({ refresh_token: token });

describe("signing in with a password", () => {
  it("answers the same for a wrong password and an unknown address", async () => {
    const { email } = await createPerson(auth);
    const answers = [];
    for (const address of [email, newEmail("unknown")])
      answers.push(
        await auth.raw("/token?grant_type=password", {
          method: "POST",
          headers: { "x-supabase-api-version": "2024-01-01" },
          body: JSON.stringify({ email: address, password: "Not-the-password-1" }),
        }),
      );
    const [known, unknown] = await Promise.all(
      answers.map(async (answer) => [answer.status, Object.fromEntries(answer.headers), await answer.text()]),
    );
    const withoutDate = ([status, headers, body]: unknown[]) => [status, { ...(headers as object), date: "" }, body];
    expect(withoutDate(known ?? [])).toEqual(withoutDate(unknown ?? []));
    expect(known?.[0]).toBe(400);
    expect(JSON.parse(String(known?.[2]))).toEqual({
      code: "invalid_credentials",
      message: "Invalid login credentials",
    });
  });

  it("takes as long for an unknown address as for a wrong password", async () => {
    const { email } = await createPerson(auth);
    const time = async (address: string) => {
      const start = performance.now();
      await auth.client().auth.signInWithPassword({ email: address, password: "Not-the-password-1" });
      return performance.now() - start;
    };
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 4; round += 1) {
      known.push(await time(email));
      unknown.push(await time(newEmail("unknown")));
    }
    // The fastest of each is what the work takes; the comparison of hashes must be in both.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) * 0.6);
  });

  it("speaks the older dialect to clients that do not name a version", async () => {
    const answer = await auth.raw("/token?grant_type=password", {
      method: "POST",
      body: JSON.stringify({ email: newEmail(), password: "Not-the-password-1" }),
    });
    expect(await answer.json()).toEqual({
      code: 400,
      error_code: "invalid_credentials",
      msg: "Invalid login credentials",
    });
    expect(answer.headers.get("x-sb-error-code")).toBe("invalid_credentials");
  });

  it("finds people whatever the case of their address, and notes the sign-in", async () => {
    const { email } = await createPerson(auth);
    const { data, error } = await auth
      .client()
      .auth.signInWithPassword({ email: email.toUpperCase(), password: PASSWORD });
    expect(error).toBeNull();
    expect(data.user?.last_sign_in_at).toBeDefined();
    const [entry] = await query<{ payload: unknown }>(
      "select payload from auth.audit_log_entries where payload ->> 'actor_username' = $1 and payload ->> 'action' = 'login'",
      [email],
    );
    expect(entry?.payload).toMatchObject({ log_type: "account", actor_via_sso: false });
  });

  it("keeps a banned person out, whose token then opens nothing either", async () => {
    const { id, email } = await createPerson(auth);
    const client = await signedIn(auth, email);
    const banned = await auth.admin.auth.admin.updateUserById(id, { ban_duration: "24h" });
    expect(banned.data.user?.banned_until).toBeDefined();
    expect((await auth.client().auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe(
      "user_banned",
    );
    expect((await client.auth.getUser()).error?.code).toBe("user_banned");
    expect((await client.auth.refreshSession()).error?.code).toBe("user_banned");
    await auth.admin.auth.admin.updateUserById(id, { ban_duration: "none" });
    expect((await auth.client().auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
  });
});

describe("refresh tokens", () => {
  it("are replaced at each use, and the session goes on", async () => {
    const { email } = await createPerson(auth);
    const first = await sessionOf(await signedIn(auth, email));
    const { data, error } = await refresh(first.refresh_token);
    expect(error).toBeNull();
    expect(data.session?.refresh_token).not.toBe(first.refresh_token);
    const claims = (token = "") => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims(data.session?.access_token).session_id).toBe(claims(first.access_token).session_id);
    expect(claims(data.session?.access_token).amr).toEqual(claims(first.access_token).amr);
  });

  it("give a client that lost the answer the same answer again", async () => {
    const { email } = await createPerson(auth);
    const first = await sessionOf(await signedIn(auth, email));
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(first.refresh_token)));
    const tokens = new Set(answers.map(({ data }) => data.session?.refresh_token));
    expect(tokens.size).toBe(1);
    const [row] = await query<{ count: string }>("select count(*) from auth.refresh_tokens where parent = $1", [
      first.refresh_token,
    ]);
    expect(row?.count).toBe("1");
  });

  it("end the session when an old one comes back later", async () => {
    const { email } = await createPerson(auth);
    const client = await signedIn(auth, email);
    const first = await sessionOf(client);
    const second = (await refresh(first.refresh_token)).data.session;
    const third = (await refresh(second?.refresh_token ?? "")).data.session;
    await query("update auth.refresh_tokens set updated_at = now() - interval '1 minute' where token = $1", [
      first.refresh_token,
    ]);
    const reused = await refresh(first.refresh_token);
    expect(reused.error).toMatchObject({
      status: 400,
      code: "refresh_token_already_used",
      message: "Invalid Refresh Token: Already Used",
    });
    expect((await refresh(third?.refresh_token ?? "")).error?.code).toBe("refresh_token_already_used");
    expect((await auth.client().auth.getUser(third?.access_token)).error?.name).toBe("AuthSessionMissingError");
    expect((await auth.client().auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
  });

  it("are refused when nobody gave them out", async () => {
    const { error } = await refresh("never-issued");
    expect(error).toMatchObject({
      status: 400,
      code: "refresh_token_not_found",
      message: "Invalid Refresh Token: Refresh Token Not Found",
    });
  });
});

const limited = await ownAuth({ sessions: { timebox: "24h", inactivity_timeout: "8h" } });
afterAll(() => limited.close());

describe("sessions with limits", () => {
  it.each([
    ["after their time", "created_at = now() - interval '25 hours'", "Invalid Refresh Token: Session Expired"],
    [
      "left alone too long",
      "created_at = now() - interval '9 hours'",
      "Invalid Refresh Token: Session Expired (Inactivity)",
    ],
  ])("cannot be refreshed %s", async (_case, change, message) => {
    const { id, email } = await createPerson(limited);
    const client = await signedIn(limited, email);
    expect((await client.auth.refreshSession()).error).toBeNull();
    await query(`update auth.sessions set refreshed_at = null, ${change} where user_id = $1`, [id]);
    expect((await client.auth.refreshSession()).error).toMatchObject({ code: "session_expired", message });
  });
});

describe("signing out", () => {
  async function threeSessions() {
    const { email } = await createPerson(auth);
    return [await signedIn(auth, email), await signedIn(auth, email), await signedIn(auth, email)] as const;
  }
  const lives = async (token: string) => (await auth.client().auth.getUser(token)).error === null;

  it.each([
    ["global", [false, false, false]],
    ["local", [false, true, true]],
    ["others", [true, false, false]],
  ] as const)("with scope %s ends the sessions it names and no other", async (scope, expected) => {
    const clients = await threeSessions();
    const tokens = await Promise.all(clients.map(async (client) => (await sessionOf(client)).access_token));
    const refreshTokens = await Promise.all(clients.map(async (client) => (await sessionOf(client)).refresh_token));
    expect((await clients[0].auth.signOut({ scope })).error).toBeNull();
    expect(await Promise.all(tokens.map(lives))).toEqual(expected);
    const refreshed = await Promise.all(refreshTokens.map(async (token) => (await refresh(token)).error === null));
    expect(refreshed).toEqual(expected);
  });

  it("tells a dead session apart from a bad token", async () => {
    const client = (await threeSessions())[0];
    const { access_token } = await sessionOf(client);
    await client.auth.signOut();
    const get = (bearer?: string) =>
      auth.raw("/user", {
        headers: {
          "x-supabase-api-version": "2024-01-01",
          ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
      });
    const dead = await get(access_token);
    expect([dead.status, await dead.json()]).toEqual([
      403,
      { code: "session_not_found", message: "Session from session_id claim in JWT does not exist" },
    ]);
    const forged = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${access_token.split(".")[1]}.`;
    for (const token of [forged, "nonsense", `${access_token.slice(0, -6)}AAAAAA`]) {
      const answer = await get(token);
      expect([answer.status, (await answer.json()).code]).toEqual([403, "bad_jwt"]);
    }
    const nonsense = await get("nonsense");
    expect((await nonsense.json()).message).toBe(
      "invalid JWT: unable to parse or verify signature, token is malformed: token contains an invalid number of segments",
    );
    // The project key alone is a token as well, of a role and of nobody.
    const nobody = await get();
    expect([nobody.status, await nobody.json()]).toEqual([
      403,
      { code: "bad_jwt", message: "invalid claim: missing sub claim" },
    ]);
    const empty = await auth.raw("/user", { headers: { authorization: "Bearer " } });
    expect([empty.status, (await empty.json()).error_code]).toEqual([401, "no_authorization"]);
  });

  it("needs no doing once a token has expired", async () => {
    const brief = await ownAuth({ jwt_expiry: 1 });
    const { email } = await createPerson(brief);
    const client = await signedIn(brief, email);
    const { access_token, refresh_token } = await sessionOf(client);
    const { amr, iat } = JSON.parse(Buffer.from(access_token.split(".")[1] ?? "", "base64url").toString());
    expect(amr[0].timestamp).toBeLessThanOrEqual(iat);
    const ask = async () => (await client.auth.getUser(access_token)).error;
    await expect.poll(ask, { timeout: 5_000 }).toMatchObject({
      status: 403,
      code: "bad_jwt",
      message: "invalid JWT: unable to parse or verify signature, token has invalid claims: token is expired",
    });
    // Signing in again is not needed either: the client exchanges its refresh token.
    const { data } = await brief.client().auth.setSession({ access_token, refresh_token });
    expect(data.user?.email).toBe(email);
    await brief.close();
  });

  it("works for an operator who holds somebody's token", async () => {
    const [client, other] = await threeSessions();
    const { access_token } = await sessionOf(client);
    expect((await auth.admin.auth.admin.signOut(access_token, "global")).error).toBeNull();
    expect(await lives((await sessionOf(other)).access_token)).toBe(false);
  });
});
