import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { totpCode } from "../../../supabase/local/auth/totp.ts";
import { stack } from "../../support/stack.ts";
import {
  codeIn,
  createPerson,
  follow,
  fragmentOf,
  linkIn,
  newEmail,
  OTHER_PASSWORD,
  ownAuth,
  PASSWORD,
  query,
  signedIn,
  stackAuth,
} from "./support.ts";

const auth = stackAuth();
const users = auth.admin.auth.admin;

describe("somebody with a second factor", () => {
  it("needs it to change password or address, but not for what is said about oneself", async () => {
    const { email } = await createPerson(auth);
    const client = await signedIn(auth, email);
    const { data: factor } = await client.auth.mfa.enroll({ factorType: "totp" });
    const secret = factor?.type === "totp" ? factor.totp.secret : "";
    const code = totpCode(secret, Date.now() / 1000);
    await client.auth.mfa.challengeAndVerify({ factorId: factor?.id ?? "", code });

    const thief = await signedIn(auth, email);
    const refused = {
      status: 401,
      code: "insufficient_aal",
      message: "AAL2 session is required to update email or password when MFA is enabled.",
    };
    expect((await thief.auth.updateUser({ password: OTHER_PASSWORD })).error).toMatchObject(refused);
    expect((await thief.auth.updateUser({ email: newEmail() })).error).toMatchObject(refused);
    expect((await thief.auth.updateUser({ data: { colour: "red" } })).error).toBeNull();
    expect((await client.auth.updateUser({ password: OTHER_PASSWORD })).error).toBeNull();
  });
});

describe("a typed code", () => {
  it("is good for its address alone, however the two are cut apart", async () => {
    const { email } = await createPerson(auth);
    await auth.client().auth.signInWithOtp({ email });
    const code = codeIn(await auth.mailTo(email));
    const shifted = await auth
      .client()
      .auth.verifyOtp({ email: email.slice(0, -1), token: email.slice(-1) + code, type: "email" });
    expect(shifted.error).toMatchObject({ status: 403, code: "otp_expired" });
    const right = await auth.client().auth.verifyOtp({ email, token: code, type: "email" });
    expect(right.data.user?.email).toBe(email);
  });

  it("cannot be guessed from many addresses of the network together", async () => {
    const own = await ownAuth({ rate_limit: { token_verifications: 4 } });
    const guess = async (email: string, ip: string) => {
      const body = JSON.stringify({ email, token: "000000", type: "email" });
      return (await own.raw("/verify", { method: "POST", body, ip })).status;
    };
    const [one, another] = [await createPerson(own), await createPerson(own)];
    const statuses = [];
    for (let index = 0; index < 6; index += 1) statuses.push(await guess(one.email, `192.0.2.${index}`));
    expect(statuses).toEqual([403, 403, 403, 403, 429, 429]);
    expect(await guess(another.email, "192.0.2.9")).toBe(403);
    await own.close();
  });
});

describe("an address", () => {
  it("is not mistaken for one that looks the same once its case is lowered", async () => {
    const email = `${newEmail("kelvin").replace("@", "-\u212a@")}`;
    const { error } = await auth.client().auth.signUp({ email, password: PASSWORD });
    expect(error).toMatchObject({ status: 400, code: "validation_failed" });
  });

  it("that was left opens nothing any more, not even with links sent there before", async () => {
    const { id, email } = await createPerson(auth);
    await auth.client().auth.resetPasswordForEmail(email);
    const link = linkIn(await auth.mailTo(email));
    await users.updateUserById(id, { email: newEmail(), email_confirm: true });
    expect(fragmentOf(await follow(auth, link)).get("error_code")).toBe("otp_expired");
  });

  it("written in capitals by a seed is reached by code all the same", async () => {
    const id = randomUUID();
    const email = `Seed-${newEmail()}`;
    await query(
      `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at)
       values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2,
         extensions.crypt($3, extensions.gen_salt('bf', 4)), now())`,
      [id, email, PASSWORD],
    );
    expect((await auth.client().auth.signInWithPassword({ email, password: PASSWORD })).data.user?.id).toBe(id);
    await auth.client().auth.signInWithOtp({ email });
    const token = codeIn(await auth.mailTo(email));
    const { data } = await auth.client().auth.verifyOtp({ email: email.toLowerCase(), token, type: "email" });
    expect(data.user?.id).toBe(id);
  });
});

describe("a password", () => {
  it("that is given as the current one has to be it", async () => {
    const own = await ownAuth({ rate_limit: { sign_in_sign_ups: 3 } });
    const { email } = await createPerson(own);
    const client = await signedIn(own, email);
    const change = (current_password: string) => client.auth.updateUser({ password: OTHER_PASSWORD, current_password });
    expect((await change("Not-the-password-1")).error).toMatchObject({
      status: 400,
      code: "current_password_mismatch",
    });
    expect((await change(PASSWORD)).error).toBeNull();
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await change("Not-the-password-1")).error?.status);
    expect(statuses).toEqual([400, 400, 429, 429]);
    await own.close();
  });

  it("that is changed while it is being compared opens nothing", async () => {
    const { id, email } = await createPerson(auth);
    const changing = new pg.Client({ connectionString: stack().adminDbUrl });
    await changing.connect();
    await changing.query("begin");
    await changing.query("update auth.users set encrypted_password = '' where id = $1", [id]);
    const signIn = auth.client().auth.signInWithPassword({ email, password: PASSWORD });
    await expect
      .poll(() => query("select 1 from pg_stat_activity where application_name = 'auth' and wait_event_type = 'Lock'"))
      .toHaveLength(1);
    await changing.query("commit");
    await changing.end();
    expect((await signIn).error?.code).toBe("invalid_credentials");
    expect(await query("select 1 from auth.sessions where user_id = $1", [id])).toEqual([]);
  });

  it("kept as anything but bcrypt is refused like a wrong one", async () => {
    const { id, email } = await createPerson(auth);
    for (const hash of ["$argon2id$v=19$m=65536,t=3,p=2$c2FsdHNhbHQ$aGFzaA", "", "ab", PASSWORD]) {
      await query("update auth.users set encrypted_password = $2 where id = $1", [id, hash]);
      const { error } = await auth.client().auth.signInWithPassword({ email, password: PASSWORD });
      expect(error).toMatchObject({ status: 400, code: "invalid_credentials" });
    }
    const imported = await users.createUser({
      email: newEmail(),
      password_hash: "$argon2id$v=19$m=65536,t=3,p=2$c2$aA",
    });
    expect(imported.error?.message).toBe(
      "The password hash must be a bcrypt hash. Argon2 and Firebase scrypt hashes cannot be imported here.",
    );
  });
});

describe("what others may learn", () => {
  it("does not include what an operator noted about somebody invited", async () => {
    const email = newEmail();
    await users.inviteUserByEmail(email, { data: { salary: "secret" } });
    const { data } = await auth.client().auth.signUp({ email, password: PASSWORD });
    expect(data.user).toMatchObject({ user_metadata: {}, identities: [] });
  });

  it("does not include who has an account, by the time an answer takes", async () => {
    const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
    const paths: [string, object][] = [
      ["/recover", {}],
      ["/otp", { create_user: true }],
      ["/resend", { type: "signup" }],
    ];
    for (const [path, extra] of paths) {
      const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
      for (let index = 0; index < 9; index += 1) {
        const { email } = await createPerson(auth);
        for (const [kind, address] of [["known", email] as const, ["unknown", newEmail()] as const]) {
          const start = performance.now();
          await auth.raw(path, { method: "POST", body: JSON.stringify({ email: address, ...extra }) });
          times[kind].push(performance.now() - start);
        }
      }
      // No answer comes before a time that both kinds of work stay within.
      expect(Math.min(...times.known, ...times.unknown)).toBeGreaterThan(24);
      expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(15);
    }
  });
});

describe("an address that is asked for many times at once", () => {
  it("becomes one user, and nobody learns of the others", async () => {
    const own = await ownAuth({ email: { max_frequency: "0s", enable_confirmations: true } });
    const email = newEmail();
    const ask = () => own.client().auth.signInWithOtp({ email });
    const errors = (await Promise.all(Array.from({ length: 12 }, ask))).map(({ error }) => error);
    expect(errors).toEqual(errors.map(() => null));
    expect(await query("select 1 from auth.users where email = $1", [email])).toHaveLength(1);
    await own.close();
  });
});

const mailing = await ownAuth({
  email: { enable_confirmations: true, smtp: { enabled: true } },
  rate_limit: { email_sent: 2 },
});
afterAll(() => mailing.close());

describe("a project that sends real mails", () => {
  it("sends no more of them an hour than it allows", async () => {
    const errors = [];
    for (let index = 0; index < 3; index += 1)
      errors.push((await mailing.client().auth.resetPasswordForEmail(newEmail())).error);
    expect(errors).toMatchObject([null, null, { status: 429, code: "over_email_send_rate_limit" }]);
  });
});
