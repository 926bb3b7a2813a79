import { afterAll, describe, expect, it } from "vitest";
import {
  type AuthUnderTest,
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

describe("resetting a password", () => {
  it("mails a link that signs in and lets the password be changed", async () => {
    const { email } = await createPerson(auth);
    const elsewhere = await signedIn(auth, email);
    expect((await auth.client().auth.resetPasswordForEmail(email)).error).toBeNull();
    const fragment = fragmentOf(await follow(auth, linkIn(await auth.mailTo(email))));
    expect(fragment.get("type")).toBe("recovery");
    const client = auth.client();
    await client.auth.setSession({
      access_token: fragment.get("access_token") ?? "",
      refresh_token: fragment.get("refresh_token") ?? "",
    });
    expect((await client.auth.updateUser({ password: OTHER_PASSWORD })).error).toBeNull();
    expect((await auth.client().auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe(
      "invalid_credentials",
    );
    expect((await auth.client().auth.signInWithPassword({ email, password: OTHER_PASSWORD })).error).toBeNull();
    // Whoever was signed in with the old password is not any more.
    expect((await elsewhere.auth.getUser()).error?.name).toBe("AuthSessionMissingError");
  });

  it("answers an unknown address like a known one, its limit included", async () => {
    const { email } = await createPerson(auth);
    for (const address of [email, newEmail("unknown")]) {
      expect(await auth.client().auth.resetPasswordForEmail(address)).toEqual({ data: {}, error: null });
      expect((await auth.client().auth.resetPasswordForEmail(address)).error).toMatchObject({
        status: 429,
        code: "over_email_send_rate_limit",
        message: "For security purposes, you can only request this after 1 seconds.",
      });
    }
    expect(await auth.mailCount(email)).toBe(1);
  });

  it("works with the code, and only with the newest one", async () => {
    const quick = await ownAuth({ email: { enable_confirmations: true, max_frequency: "0" } });
    const { email } = await createPerson(quick);
    await quick.client().auth.resetPasswordForEmail(email);
    const older = codeIn(await quick.mailTo(email));
    await quick.client().auth.resetPasswordForEmail(email);
    const newer = codeIn(await quick.mailTo(email));
    const old = await quick.client().auth.verifyOtp({ email, token: older, type: "recovery" });
    expect(old.error?.code).toBe("otp_expired");
    const { data } = await quick.client().auth.verifyOtp({ email, token: newer, type: "recovery" });
    expect(data.session?.user.email).toBe(email);
    await quick.close();
  });
});

describe("signing in by link", () => {
  it("signs in who is known and signs up who is not", async () => {
    const email = newEmail();
    const refused = await auth.client().auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
    expect(refused.error).toMatchObject({ status: 422, code: "otp_disabled", message: "Signups not allowed for otp" });
    const fresh = newEmail();
    const asked = await auth.client().auth.signInWithOtp({ email: fresh, options: { data: { name: "Grace" } } });
    expect(asked).toEqual({ data: { user: null, session: null }, error: null });
    const { data } = await auth
      .client()
      .auth.verifyOtp({ email: fresh, token: codeIn(await auth.mailTo(fresh)), type: "email" });
    expect(data.user?.user_metadata.name).toBe("Grace");

    const { email: known } = await createPerson(auth);
    await auth.client().auth.signInWithOtp({ email: known });
    const link = linkIn(await auth.mailTo(known));
    expect(link.searchParams.get("type")).toBe("magiclink");
    const byHash = await auth
      .client()
      .auth.verifyOtp({ token_hash: link.searchParams.get("token") ?? "", type: "magiclink" });
    expect(byHash.data.session?.user.email).toBe(known);
  });

  it("lets a code that is used many times at once in once", async () => {
    const { email } = await createPerson(auth);
    await auth.client().auth.signInWithOtp({ email });
    const token = codeIn(await auth.mailTo(email));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => auth.client().auth.verifyOtp({ email, token, type: "email" })),
    );
    expect(answers.filter(({ data }) => data.session).length).toBe(1);
    expect(answers.filter(({ error }) => error?.code === "otp_expired").length).toBe(7);
  });

  it("refuses a code or link after its time", async () => {
    const { id, email } = await createPerson(auth);
    await auth.client().auth.signInWithOtp({ email });
    const mail = await auth.mailTo(email);
    await query("update auth.users set recovery_sent_at = now() - interval '2 hours' where id = $1", [id]);
    const { error } = await auth.client().auth.verifyOtp({ email, token: codeIn(mail), type: "email" });
    expect(error?.code).toBe("otp_expired");
    const landed = await follow(auth, linkIn(mail));
    expect(Object.fromEntries(fragmentOf(landed))).toEqual({
      error: "access_denied",
      error_code: "otp_expired",
      error_description: "Email link is invalid or has expired",
    });
  });

  it("resends a confirmation, but tells nobody who is registered", async () => {
    const quick = await ownAuth({ email: { enable_confirmations: true, max_frequency: "0" } });
    const email = newEmail();
    await quick.client().auth.signUp({ email, password: PASSWORD });
    const { email: confirmed } = await createPerson(quick);
    for (const address of [email, confirmed, newEmail("unknown")])
      expect((await quick.client().auth.resend({ type: "signup", email: address })).error).toBeNull();
    expect(await quick.mailCount(email)).toBe(2);
    expect(await quick.mailCount(confirmed)).toBe(0);
    const { data } = await quick
      .client()
      .auth.verifyOtp({ email, token: codeIn(await quick.mailTo(email)), type: "signup" });
    expect(data.session).not.toBeNull();
    await quick.close();
  });
});

describe("the PKCE flow", () => {
  it("ends in a code that only the asking client can exchange, once", async () => {
    const { email } = await createPerson(auth);
    const client = auth.client({ flowType: "pkce" });
    await client.auth.signInWithOtp({ email });
    const link = linkIn(await auth.mailTo(email));
    expect(link.searchParams.get("token")).toMatch(/^pkce_/);
    const code = (await follow(auth, link)).searchParams.get("code") ?? "";
    expect(code).toMatch(/^[0-9a-f-]{36}$/);

    const exchange = (verifier: string, with_code = code) =>
      auth.raw("/token?grant_type=pkce", {
        method: "POST",
        headers: { "x-supabase-api-version": "2024-01-01" },
        body: JSON.stringify({ auth_code: with_code, code_verifier: verifier }),
      });
    const thief = await exchange("x".repeat(56));
    expect([thief.status, (await thief.json()).code]).toEqual([400, "bad_code_verifier"]);
    const { data, error } = await client.auth.exchangeCodeForSession(code);
    expect(error).toBeNull();
    expect(data.session?.user.email).toBe(email);
    const again = await exchange("x".repeat(56));
    expect([again.status, (await again.json()).code]).toEqual([404, "flow_state_not_found"]);
  });

  it("carries sign-ups and resets as well, and puts errors where its clients look", async () => {
    const email = newEmail();
    const client = auth.client({ flowType: "pkce" });
    await client.auth.signUp({ email, password: PASSWORD });
    const link = linkIn(await auth.mailTo(email));
    const landed = await follow(auth, link);
    expect((await client.auth.exchangeCodeForSession(landed.searchParams.get("code") ?? "")).error).toBeNull();
    expect((await follow(auth, link)).searchParams.get("error_code")).toBe("otp_expired");

    await client.auth.resetPasswordForEmail(email);
    const reset = await follow(auth, linkIn(await auth.mailTo(email)));
    const { data } = await client.auth.exchangeCodeForSession(reset.searchParams.get("code") ?? "");
    expect(data.session?.user.email).toBe(email);
  });

  it("refuses a challenge that is none", async () => {
    const answer = await auth.raw("/recover", {
      method: "POST",
      body: JSON.stringify({ email: newEmail(), code_challenge: "short", code_challenge_method: "s256" }),
    });
    expect([answer.status, (await answer.json()).msg]).toEqual([
      400,
      "code challenge has to be between 43 and 128 characters",
    ]);
  });
});

const own = await ownAuth({
  site_url: "https://app.example.com",
  additional_redirect_urls: ["https://*.preview.example.com/**", "myapp://callback"],
  email: { enable_confirmations: true, max_frequency: "0" },
});
afterAll(() => own.close());

describe("where links lead", () => {
  async function leadsTo(under: AuthUnderTest, redirectTo: string): Promise<URL> {
    const { email } = await createPerson(under);
    await under.client().auth.signInWithOtp({ email, options: { emailRedirectTo: redirectTo } });
    return follow(under, linkIn(await under.mailTo(email)));
  }

  it.each(["https://app.example.com/welcome?from=mail", "https://one.preview.example.com/a/b", "myapp://callback"])(
    "to %s, which is allowed",
    async (address) => {
      const landed = await leadsTo(own, address);
      expect(landed.href.startsWith(address)).toBe(true);
      expect(fragmentOf(landed).get("access_token")).toBeTruthy();
    },
  );

  it.each([
    "https://evil.test/",
    "https://app.example.com@evil.test/",
    "//evil.test",
    "https://evil.test\\.preview.example.com/",
    "https://a.b.preview.example.com/x",
    "javascript://app.example.com/%0aalert(1)",
    "data:text/html,hello",
  ])("never to %s", async (address) => {
    const landed = await leadsTo(own, address);
    expect(landed.origin).toBe("https://app.example.com");
  });

  it("also not when the link itself is changed", async () => {
    const { email } = await createPerson(own);
    await own.client().auth.signInWithOtp({ email });
    const link = linkIn(await own.mailTo(email));
    link.searchParams.set("redirect_to", "https://evil.test/");
    expect((await follow(own, link)).origin).toBe("https://app.example.com");
  });
});

describe("mails", () => {
  it("show what people call themselves as text", async () => {
    const email = newEmail();
    const template = new URL("./greeting.html", import.meta.url).pathname;
    const own = await ownAuth({
      email: {
        enable_confirmations: true,
        template: { confirmation: { subject: "Hello {{ .Data.name }}", content_path: template } },
      },
    });
    const name = `<img src=x onerror="alert(1)">`;
    await own.client().auth.signUp({ email, password: PASSWORD, options: { data: { name } } });
    const mail = await own.mailTo(email);
    expect(mail.Subject).toBe(`Hello ${name}`);
    expect(mail.HTML).toContain("&lt;img src=x onerror=&#34;alert(1)&#34;&gt;");
    expect(mail.HTML).not.toContain("<img");
    expect(linkIn(mail).searchParams.get("type")).toBe("signup");
    await own.close();
  });
});

describe("providers that are not there", () => {
  it("are refused in words clients know", async () => {
    const answer = await auth.raw("/authorize?provider=google");
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { code: 400, error_code: "validation_failed", msg: "Unsupported provider: provider is not enabled" },
    ]);
    const { error } = await auth.client().auth.signInWithIdToken({ provider: "google", token: "x" });
    expect(error?.status).toBe(400);
    expect((await auth.client().auth.signInWithSSO({ domain: "example.com" })).error?.code).toBe(
      "saml_provider_disabled",
    );
  });
});
