import { afterAll, describe, expect, it } from "vitest";
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
  stackAuth,
} from "./support.ts";

const auth = stackAuth();

describe("signing up with confirmation", () => {
  it("mails a link and a code, and gives no session before one of them is used", async () => {
    const email = newEmail();
    const { data, error } = await auth
      .client()
      .auth.signUp({ email, password: PASSWORD, options: { data: { name: "Ada" } } });
    expect(error).toBeNull();
    expect(data.session).toBeNull();
    expect(data.user).toMatchObject({
      email,
      aud: "authenticated",
      role: "authenticated",
      phone: "",
      is_anonymous: false,
      app_metadata: { provider: "email", providers: ["email"] },
      user_metadata: { name: "Ada", email, email_verified: false, phone_verified: false, sub: data.user?.id },
    });
    expect(data.user?.confirmation_sent_at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(data.user?.email_confirmed_at).toBeUndefined();
    expect(data.user?.identities).toEqual([
      expect.objectContaining({ id: data.user?.id, provider: "email", user_id: data.user?.id, email }),
    ]);

    const early = await auth.client().auth.signInWithPassword({ email, password: PASSWORD });
    expect(early.error).toMatchObject({ status: 400, code: "email_not_confirmed", message: "Email not confirmed" });

    const mail = await auth.mailTo(email);
    const landed = await follow(auth, linkIn(mail));
    const fragment = fragmentOf(landed);
    expect(Object.fromEntries(fragment)).toMatchObject({ token_type: "bearer", expires_in: "3600", type: "signup" });
    const user = await auth.client().auth.getUser(fragment.get("access_token") ?? "");
    expect(user.data.user?.user_metadata.email_verified).toBe(true);
    expect(user.data.user?.identities?.[0]?.identity_data?.email_verified).toBe(true);

    const again = fragmentOf(await follow(auth, linkIn(mail)));
    expect(again.get("error_code")).toBe("otp_expired");
  });

  it("accepts the typed code once, and not for another address", async () => {
    const [email, other] = [newEmail(), newEmail()];
    for (const address of [email, other]) await auth.client().auth.signUp({ email: address, password: PASSWORD });
    const code = codeIn(await auth.mailTo(email));
    const wrong = await auth.client().auth.verifyOtp({ email: other, token: code, type: "signup" });
    expect(wrong.error).toMatchObject({ status: 403, code: "otp_expired", message: "Token has expired or is invalid" });
    const client = auth.client();
    const right = await client.auth.verifyOtp({ email, token: code, type: "signup" });
    expect(right.data.session?.user.email).toBe(email);
    expect(right.data.session?.user.email_confirmed_at).toBeDefined();
    expect((await client.auth.verifyOtp({ email, token: code, type: "signup" })).error?.code).toBe("otp_expired");
  });

  it("answers a taken address like a new one, writes nothing and sends nothing", async () => {
    const person = await createPerson(auth);
    const { data, error } = await auth.client().auth.signUp({ email: person.email, password: OTHER_PASSWORD });
    expect(error).toBeNull();
    expect(data.session).toBeNull();
    expect(data.user?.id).not.toBe(person.id);
    expect(data.user?.identities).toEqual([]);
    expect(data.user?.confirmation_sent_at).toBeDefined();
    expect(await auth.mailCount(person.email)).toBe(0);
    expect((await auth.client().auth.signInWithPassword({ email: person.email, password: PASSWORD })).error).toBeNull();
  });

  it("lets nothing that people say about themselves become a right", async () => {
    const email = newEmail();
    const answer = await auth.raw("/signup", {
      method: "POST",
      body: JSON.stringify({
        email,
        password: PASSWORD,
        role: "service_role",
        app_metadata: { admin: true },
        data: { role: "service_role", app_metadata: { admin: true } },
        email_confirm: true,
      }),
    });
    expect(answer.status).toBe(200);
    const rows = await query("select role, raw_app_meta_data, email_confirmed_at from auth.users where email = $1", [
      email,
    ]);
    expect(rows).toEqual([
      {
        role: "authenticated",
        raw_app_meta_data: { provider: "email", providers: ["email"] },
        email_confirmed_at: null,
      },
    ]);
  });

  it("says what is wrong with a password, an address or a request", async () => {
    const weak = await auth.client().auth.signUp({ email: newEmail(), password: "abc" });
    expect(weak.error).toMatchObject({ name: "AuthWeakPasswordError", status: 422, code: "weak_password" });
    expect(weak.error).toMatchObject({ reasons: ["length", "characters"] });
    const long = await auth.client().auth.signUp({ email: newEmail(), password: `Aa1${"x".repeat(70)}` });
    expect(long.error).toMatchObject({ status: 400, message: "Password cannot be longer than 72 characters" });
    const address = await auth.client().auth.signUp({ email: "nobody", password: PASSWORD });
    expect(address.error).toMatchObject({
      status: 400,
      code: "validation_failed",
      message: "Unable to validate email address: invalid format",
    });
    const none = await auth.client().auth.signUp({ email: newEmail(), password: "" });
    expect(none.error?.message).toBe("Signup requires a valid password");
    const anonymous = await auth.client().auth.signInAnonymously();
    expect(anonymous.error).toMatchObject({ status: 422, code: "anonymous_provider_disabled" });
    const phone = await auth.client().auth.signUp({ phone: "+491701234567", password: PASSWORD });
    expect(phone.error?.code).toBe("phone_provider_disabled");
  });

  it("creates one user when the same address signs up many times at once", async () => {
    const email = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => auth.client().auth.signUp({ email, password: PASSWORD })),
    );
    expect(answers.every(({ error }) => !error || error.code === "over_email_send_rate_limit")).toBe(true);
    const [row] = await query<{ count: string }>("select count(*) from auth.users where email = $1", [email]);
    expect(row?.count).toBe("1");
  });
});

const open = await ownAuth({
  enable_anonymous_sign_ins: true,
  sms: { enable_signup: true },
  email: { enable_confirmations: false, max_frequency: "0" },
});
afterAll(() => open.close());

describe("signing up where nothing needs confirmation", () => {
  it("gives a session at once, and says when somebody is registered already", async () => {
    const email = newEmail();
    const client = open.client();
    const { data } = await client.auth.signUp({ email, password: PASSWORD });
    expect(data.session).toMatchObject({ token_type: "bearer", expires_in: 3600, user: { email } });
    expect(data.session?.expires_at).toBeTypeOf("number");
    expect(data.user?.email_confirmed_at).toBeDefined();
    const claims = await client.auth.getClaims();
    expect(claims.data?.claims).toMatchObject({
      iss: "http://127.0.0.1:9/auth/v1",
      aud: "authenticated",
      sub: data.user?.id,
      email,
      phone: "",
      role: "authenticated",
      aal: "aal1",
      amr: [{ method: "password", timestamp: expect.any(Number) }],
      session_id: expect.any(String),
      is_anonymous: false,
      app_metadata: { provider: "email", providers: ["email"] },
    });
    const again = await open.client().auth.signUp({ email, password: PASSWORD });
    expect(again.error).toMatchObject({ status: 422, code: "user_already_exists", message: "User already registered" });
  });

  it("lets somebody in anonymously, who can then take an address and a password", async () => {
    const client = open.client();
    const { data, error } = await client.auth.signInAnonymously({ options: { data: { colour: "green" } } });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({
      is_anonymous: true,
      email: "",
      identities: [],
      user_metadata: { colour: "green" },
    });
    const tooEarly = await client.auth.updateUser({ password: PASSWORD });
    expect(tooEarly.error).toMatchObject({ status: 422, code: "validation_failed" });
    const email = newEmail();
    const updated = await client.auth.updateUser({ email });
    expect(updated.data.user).toMatchObject({ is_anonymous: false, email });
    expect(updated.data.user?.identities).toEqual([expect.objectContaining({ provider: "email", email })]);
    expect((await client.auth.updateUser({ password: PASSWORD })).error).toBeNull();
    expect((await open.client().auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
  });

  it("knows people by phone and password", async () => {
    const phone = `49${Date.now()}`;
    const up = await open.client().auth.signUp({ phone: `+${phone}`, password: PASSWORD });
    expect(up.data.user).toMatchObject({ phone, email: "", app_metadata: { provider: "phone", providers: ["phone"] } });
    const back = await open.client().auth.signInWithPassword({ phone: `+${phone}`, password: PASSWORD });
    expect(back.data.user?.phone_confirmed_at).toBeDefined();
  });

  it("lets people change their phone number, unless somebody else has it", async () => {
    const [one, another] = [`47${Date.now()}`, `48${Date.now()}`];
    const client = open.client();
    await client.auth.signUp({ phone: one, password: PASSWORD });
    await open.client().auth.signUp({ phone: another, password: PASSWORD });
    expect((await client.auth.updateUser({ phone: another })).error).toMatchObject({
      status: 422,
      code: "phone_exists",
    });
    const changed = await client.auth.updateUser({ phone: `+${one.replace(/^47/, "46")}` });
    expect(changed.data.user?.phone).toBe(one.replace(/^47/, "46"));
    expect(changed.data.user?.identities?.[0]?.identity_data).toMatchObject({ phone: changed.data.user?.phone });
    const noMailbox = await client.auth.reauthenticate();
    expect(noMailbox.error).toMatchObject({ status: 422, code: "validation_failed" });
  });
});

const phonesOnly = await ownAuth({ email: { enable_signup: false } });
afterAll(() => phonesOnly.close());

describe("ways in that are not open here", () => {
  it("are refused by name", async () => {
    const client = phonesOnly.client();
    const email = newEmail();
    const off = { code: "email_provider_disabled" };
    expect((await client.auth.signUp({ email, password: PASSWORD })).error).toMatchObject(off);
    expect((await client.auth.signInWithPassword({ email, password: PASSWORD })).error).toMatchObject({
      ...off,
      status: 400,
      message: "Email logins are disabled",
    });
    expect((await client.auth.signInWithIdToken({ provider: "google", token: "x" })).error).toMatchObject({
      status: 400,
      code: "provider_disabled",
      message: 'Provider (issuer "https://accounts.google.com") is not enabled',
    });
    expect((await client.auth.signInWithSSO({ domain: "northwind.test" })).error?.code).toBe("saml_provider_disabled");
    const web3 = await phonesOnly.raw("/token?grant_type=web3", { method: "POST", body: '{"chain":"solana"}' });
    expect([web3.status, (await web3.json()).error_code]).toEqual([422, "web3_provider_disabled"]);
  });
});

const closed = await ownAuth({ enable_signup: false, enable_anonymous_sign_ins: true });
afterAll(() => closed.close());

describe("where signing up is closed", () => {
  it("refuses every way in but an operator's", async () => {
    const email = newEmail();
    const refused = { status: 422, code: "signup_disabled", message: "Signups not allowed for this instance" };
    expect((await closed.client().auth.signUp({ email, password: PASSWORD })).error).toMatchObject(refused);
    expect((await closed.client().auth.signInWithOtp({ email })).error).toMatchObject(refused);
    expect((await closed.client().auth.signInAnonymously()).error).toMatchObject(refused);
    expect((await closed.admin.auth.admin.createUser({ email, password: PASSWORD })).error).toBeNull();
  });
});
