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
  signedIn,
  stackAuth,
} from "./support.ts";

const auth = stackAuth();

describe("changing one's own data", () => {
  it("merges, removes what is null, and touches nothing else", async () => {
    const { email } = await createPerson(auth);
    const client = await signedIn(auth, email);
    await client.auth.updateUser({ data: { name: "Ada", colour: "green" } });
    const { data } = await client.auth.updateUser({ data: { colour: null, town: "London" } });
    expect(data.user?.user_metadata).toEqual({ email_verified: true, name: "Ada", town: "London" });
  });

  it("never reaches app_metadata or the role", async () => {
    const { id, email } = await createPerson(auth);
    const client = await signedIn(auth, email);
    const { data } = await client.auth.getSession();
    const put = (body: object) =>
      auth.raw("/user", {
        method: "PUT",
        headers: { authorization: `Bearer ${data.session?.access_token}` },
        body: JSON.stringify(body),
      });
    expect((await put({ app_metadata: { admin: true } })).status).toBe(403);
    expect((await put({ role: "service_role", email_confirm: true, data: { role: "service_role" } })).status).toBe(200);
    const [row] = await query("select role, raw_app_meta_data from auth.users where id = $1", [id]);
    expect(row).toEqual({ role: "authenticated", raw_app_meta_data: { provider: "email", providers: ["email"] } });
  });
});

describe("changing the password", () => {
  it("wants another one that is strong enough, and signs out everywhere else", async () => {
    const { email } = await createPerson(auth);
    const [here, elsewhere] = [await signedIn(auth, email), await signedIn(auth, email)];
    expect((await here.auth.updateUser({ password: PASSWORD })).error).toMatchObject({
      status: 422,
      code: "same_password",
      message: "New password should be different from the old password.",
    });
    expect((await here.auth.updateUser({ password: "short" })).error?.code).toBe("weak_password");
    expect((await here.auth.updateUser({ password: OTHER_PASSWORD })).error).toBeNull();
    expect((await here.auth.getUser()).error).toBeNull();
    expect((await elsewhere.auth.getUser()).error?.name).toBe("AuthSessionMissingError");
  });

  it("wants a code from the mailbox when the sign-in is long ago and the project asks for it", async () => {
    const careful = await ownAuth({ email: { secure_password_change: true, enable_confirmations: true } });
    const { id, email } = await createPerson(careful);
    const client = await signedIn(careful, email);
    await query("update auth.sessions set created_at = now() - interval '2 days' where user_id = $1", [id]);
    expect((await client.auth.updateUser({ password: OTHER_PASSWORD })).error?.code).toBe("reauthentication_needed");
    expect((await client.auth.reauthenticate()).error).toBeNull();
    const nonce = codeIn(await careful.mailTo(email));
    const wrong = await client.auth.updateUser({
      password: OTHER_PASSWORD,
      nonce: nonce === "000000" ? "1" : "000000",
    });
    expect(wrong.error).toMatchObject({ status: 422, code: "reauthentication_not_valid" });
    expect((await client.auth.updateUser({ password: OTHER_PASSWORD, nonce })).error).toBeNull();
    await careful.close();
  });
});

describe("changing the e-mail address", () => {
  it("needs both mailboxes, in either order, each link once", async () => {
    const { id, email } = await createPerson(auth);
    const next = newEmail("next");
    const client = await signedIn(auth, email);
    const { data } = await client.auth.updateUser({ email: next });
    expect(data.user).toMatchObject({ email, new_email: next });
    expect(data.user?.email_change_sent_at).toBeDefined();

    const link = linkIn(await auth.mailTo(next));
    const halfWay = fragmentOf(await follow(auth, link));
    expect(halfWay.get("message")).toBe(
      "Confirmation link accepted. Please proceed to confirm link sent to the other email",
    );
    expect(fragmentOf(await follow(auth, link)).get("error_code")).toBe("otp_expired");
    expect((await auth.admin.auth.admin.getUserById(id)).data.user?.email).toBe(email);

    const verified = await auth.client().auth.verifyOtp({
      email,
      token: codeIn(await auth.mailTo(email)),
      type: "email_change",
    });
    expect(verified.data.user).toMatchObject({ id, email: next });
    expect(verified.data.user?.new_email).toBeUndefined();
    expect(verified.data.user?.identities?.[0]).toMatchObject({ email: next, identity_data: { email: next } });
    expect((await auth.client().auth.signInWithPassword({ email: next, password: PASSWORD })).error).toBeNull();
    expect((await auth.client().auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe(
      "invalid_credentials",
    );
  });

  it("happens when both mailboxes agree in the same moment", async () => {
    const { id, email } = await createPerson(auth);
    const next = newEmail("next");
    await (await signedIn(auth, email)).auth.updateUser({ email: next });
    const links = [linkIn(await auth.mailTo(email)), linkIn(await auth.mailTo(next))];
    await Promise.all(links.map((link) => follow(auth, link)));
    expect((await auth.admin.auth.admin.getUserById(id)).data.user?.email).toBe(next);
  });

  it("refuses an address that somebody else has", async () => {
    const [one, two] = [await createPerson(auth), await createPerson(auth)];
    const { error } = await (await signedIn(auth, one.email)).auth.updateUser({ email: two.email });
    expect(error).toMatchObject({ status: 422, code: "email_exists" });
  });

  it("cannot take an address that was free when it was asked for and is taken now", async () => {
    const { id, email } = await createPerson(auth);
    const next = newEmail("next");
    await (await signedIn(auth, email)).auth.updateUser({ email: next });
    await createPerson(auth, next);
    await follow(auth, linkIn(await auth.mailTo(email)));
    expect(fragmentOf(await follow(auth, linkIn(await auth.mailTo(next)))).get("error_code")).toBe("email_exists");
    expect((await auth.admin.auth.admin.getUserById(id)).data.user?.email).toBe(email);
  });
});

const linking = await ownAuth({ enable_manual_linking: true });
afterAll(() => linking.close());

describe("identities", () => {
  it("are listed, and the last one cannot be removed", async () => {
    const { id, email } = await createPerson(linking);
    const client = await signedIn(linking, email);
    const { data } = await client.auth.getUserIdentities();
    const identity = data?.identities[0];
    expect(identity).toMatchObject({
      id,
      user_id: id,
      provider: "email",
      identity_data: { email, sub: id, email_verified: false, phone_verified: false },
    });
    if (!identity) throw new Error("No identity.");
    expect((await client.auth.unlinkIdentity(identity)).error?.code).toBe("single_identity_not_deletable");
    expect((await client.auth.linkIdentity({ provider: "github" })).error?.message).toBe(
      "Unsupported provider: provider is not enabled",
    );
    const strict = await signedIn(auth, email);
    expect((await strict.auth.unlinkIdentity(identity)).error?.code).toBe("manual_linking_disabled");
  });
});
