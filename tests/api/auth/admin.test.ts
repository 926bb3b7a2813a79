import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  createPerson,
  follow,
  fragmentOf,
  linkIn,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  query,
  signedIn,
  stackAuth,
} from "./support.ts";

const auth = stackAuth();
const users = auth.admin.auth.admin;

describe("an operator", () => {
  it("creates people as complete as wanted", async () => {
    const [email, id] = [newEmail(), randomUUID()];
    const { data, error } = await users.createUser({
      id,
      email,
      password: PASSWORD,
      email_confirm: true,
      user_metadata: { name: "Ada" },
      app_metadata: { team: "north" },
      role: "authenticated",
      ban_duration: "1h",
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({
      id,
      email,
      app_metadata: { team: "north", provider: "email", providers: ["email"] },
      user_metadata: { name: "Ada" },
    });
    expect(data.user?.email_confirmed_at).toBeDefined();
    expect(new Date(data.user?.banned_until ?? 0).getTime()).toBeGreaterThan(Date.now());
    expect(await auth.mailCount(email)).toBe(0);
  });

  it("may give an id in capitals and providers of its own, and delete softly twice", async () => {
    const id = randomUUID();
    const app_metadata = { providers: ["email", "northwind"], plan: "gold" };
    const created = await users.createUser({ id: id.toUpperCase(), email: newEmail(), app_metadata });
    expect(created.data.user).toMatchObject({ id, app_metadata: { provider: "email", ...app_metadata } });
    expect(created.data.user?.identities?.[0]).toMatchObject({ id, identity_data: { sub: id } });
    await users.deleteUser(id, true);
    const once = (await users.getUserById(id)).data.user;
    await users.deleteUser(id, true);
    expect((await users.getUserById(id)).data.user).toEqual(once);
  });

  it("brings people along with the hash of a password they already have", async () => {
    const [made] = await query<{ hash: string }>("select extensions.crypt($1, extensions.gen_salt('bf', 6)) as hash", [
      OTHER_PASSWORD,
    ]);
    for (const prefix of ["$2a$", "$2b$", "$2y$"]) {
      const email = newEmail();
      const hash = (made?.hash ?? "").replace("$2a$", prefix);
      expect((await users.createUser({ email, password_hash: hash, email_confirm: true })).error).toBeNull();
      expect((await auth.client().auth.signInWithPassword({ email, password: OTHER_PASSWORD })).error).toBeNull();
    }
    expect((await users.createUser({ email: newEmail(), password_hash: "plain" })).error?.status).toBe(400);
  });

  it("is told what is wrong with a wish", async () => {
    const { id, email } = await createPerson(auth);
    expect((await users.createUser({ email, password: PASSWORD })).error).toMatchObject({
      status: 422,
      code: "email_exists",
      message: "A user with this email address has already been registered",
    });
    expect((await users.createUser({ id, email: newEmail() })).error?.status).toBe(422);
    expect((await users.createUser({})).error).toMatchObject({
      status: 400,
      message: "Cannot create a user without either an email or phone",
    });
    expect((await users.createUser({ email: newEmail(), ban_duration: "soon" })).error?.code).toBe("validation_failed");
    expect((await users.getUserById(randomUUID())).error).toMatchObject({
      status: 404,
      code: "user_not_found",
      message: "User not found",
    });
  });

  it("pages through everybody, newest first", async () => {
    for (let index = 0; index < 3; index += 1) await createPerson(auth);
    const { email } = await createPerson(auth);
    const first = await users.listUsers({ page: 1, perPage: 2 });
    if (first.error) throw first.error;
    expect(first.data).toMatchObject({ aud: "authenticated", nextPage: 2 });
    expect(first.data.total).toBeGreaterThanOrEqual(4);
    expect(first.data.users).toHaveLength(2);
    const all = await users.listUsers({ page: 1, perPage: 1000 });
    expect(all.data.users.some((user) => user.email === email)).toBe(true);
    const answer = await auth.raw("/admin/users?page=0", { secret: true });
    expect(answer.status).toBe(400);
  });

  it("changes address, password, metadata and role, and the old password ends with its sessions", async () => {
    const { id, email } = await createPerson(auth);
    const client = await signedIn(auth, email);
    const next = newEmail("next");
    const { data, error } = await users.updateUserById(id, {
      email: next,
      password: OTHER_PASSWORD,
      user_metadata: { town: "London" },
      app_metadata: { team: "south" },
      email_confirm: true,
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({
      email: next,
      user_metadata: { town: "London" },
      app_metadata: { team: "south", provider: "email", providers: ["email"] },
    });
    expect(data.user?.identities?.[0]).toMatchObject({ email: next });
    expect((await client.auth.getUser()).error?.name).toBe("AuthSessionMissingError");
    const back = await auth.client().auth.signInWithPassword({ email: next, password: OTHER_PASSWORD });
    expect(back.data.user?.app_metadata.team).toBe("south");
    const removed = await users.updateUserById(id, { app_metadata: { team: null } });
    expect(removed.data.user?.app_metadata).toEqual({ provider: "email", providers: ["email"] });
  });

  it("deletes people for good, or so that only a trace remains", async () => {
    const gone = await createPerson(auth);
    const client = await signedIn(auth, gone.email);
    const deleted = await users.deleteUser(gone.id);
    expect(deleted.data.user?.id).toBe(gone.id);
    expect((await users.getUserById(gone.id)).error?.status).toBe(404);
    expect((await client.auth.getUser()).error?.code).toBe("user_not_found");
    expect((await users.deleteUser(gone.id)).error?.code).toBe("user_not_found");
    await createPerson(auth, gone.email);

    const hidden = await createPerson(auth);
    expect((await users.deleteUser(hidden.id, true)).error).toBeNull();
    const [row] = await query<{ email: string; deleted: boolean; sessions: string }>(
      `select email, deleted_at is not null as deleted, encrypted_password,
         (select count(*) from auth.sessions where user_id = u.id) as sessions from auth.users u where id = $1`,
      [hidden.id],
    );
    expect(row).toMatchObject({ deleted: true, encrypted_password: "", sessions: "0" });
    expect(row?.email).not.toContain("@");
    await createPerson(auth, hidden.email);
  });

  it("invites somebody, who is in after following the link, once", async () => {
    const email = newEmail("guest");
    const invited = await users.inviteUserByEmail(email, { data: { team: "north" } });
    expect(invited.error).toBeNull();
    expect(invited.data.user?.invited_at).toBeDefined();
    expect(invited.data.user?.email_confirmed_at).toBeUndefined();
    const link = linkIn(await auth.mailTo(email));
    const landed = await Promise.all([follow(auth, link), follow(auth, link)]);
    const tokens = landed.map((url) => fragmentOf(url).get("access_token")).filter(Boolean);
    expect(tokens).toHaveLength(1);
    const { data } = await auth.client().auth.getUser(tokens[0] ?? "");
    expect(data.user?.user_metadata.team).toBe("north");
    expect((await users.inviteUserByEmail(email)).error?.code).toBe("email_exists");
  });

  it("does not let a stranger's earlier sign-up into the account that somebody is invited to", async () => {
    const email = newEmail("guest");
    await auth.client().auth.signUp({ email, password: OTHER_PASSWORD });
    expect((await users.inviteUserByEmail(email)).error).toBeNull();
    const landed = fragmentOf(await follow(auth, linkIn(await auth.mailTo(email))));
    expect(landed.get("type")).toBe("invite");
    expect((await auth.client().auth.signInWithPassword({ email, password: OTHER_PASSWORD })).error?.code).toBe(
      "invalid_credentials",
    );
  });

  it("gets links of every kind to hand over", async () => {
    const { id, email } = await createPerson(auth);
    const next = newEmail("next");
    const signup = await users.generateLink({ type: "signup", email: newEmail(), password: PASSWORD });
    expect(signup.data.properties?.verification_type).toBe("signup");
    const invite = await users.generateLink({ type: "invite", email: newEmail() });
    const recovery = await users.generateLink({
      type: "recovery",
      email,
      options: { redirectTo: "https://evil.test/" },
    });
    expect(recovery.data.user).toMatchObject({ id, email });
    expect(recovery.data.properties?.redirect_to).not.toContain("evil");
    expect(recovery.data.properties?.email_otp).toMatch(/^\d{6}$/);
    for (const { data, error } of [signup, invite, recovery]) {
      expect(error).toBeNull();
      const landed = fragmentOf(await follow(auth, new URL(data.properties?.action_link ?? "")));
      expect(landed.get("access_token")).toBeTruthy();
    }
    const magic = await users.generateLink({ type: "magiclink", email });
    const byHash = await auth
      .client()
      .auth.verifyOtp({ token_hash: magic.data.properties?.hashed_token ?? "", type: "email" });
    expect(byHash.data.session?.user.id).toBe(id);

    const halves = [
      await users.generateLink({ type: "email_change_current", email, newEmail: next }),
      await users.generateLink({ type: "email_change_new", email, newEmail: next }),
    ];
    for (const { data } of halves) await follow(auth, new URL(data.properties?.action_link ?? ""));
    expect((await users.getUserById(id)).data.user?.email).toBe(next);
    expect((await users.generateLink({ type: "recovery", email: newEmail() })).error?.code).toBe("user_not_found");
    expect(await auth.mailCount(email)).toBe(0);
  });
});

describe("everybody else", () => {
  it("gets nothing of the admin API, and changes nothing", async () => {
    const { id, email } = await createPerson(auth);
    const client = await signedIn(auth, email);
    const { data } = await client.auth.getSession();
    const calls: [string, string, object?][] = [
      ["GET", "/admin/users"],
      ["GET", `/admin/users/${id}`],
      ["POST", "/admin/users", { email: newEmail(), password: PASSWORD }],
      ["PUT", `/admin/users/${id}`, { role: "service_role", app_metadata: { admin: true } }],
      ["DELETE", `/admin/users/${id}`],
      ["POST", "/invite", { email: newEmail() }],
      ["POST", "/admin/generate_link", { type: "recovery", email }],
      ["GET", `/admin/users/${id}/factors`],
    ];
    for (const [method, path, body] of calls) {
      const init = { method, ...(body && { body: JSON.stringify(body) }) };
      const asUser = await auth.raw(path, {
        ...init,
        headers: { authorization: `Bearer ${data.session?.access_token}` },
      });
      expect([path, asUser.status, (await asUser.json()).error_code]).toEqual([path, 403, "not_admin"]);
      const asNobody = await auth.raw(path, init);
      expect([path, asNobody.status, (await asNobody.json()).error_code]).toEqual([path, 403, "not_admin"]);
      const forged = await auth.raw(path, { ...init, headers: { authorization: "Bearer a.b.c" } });
      expect([path, forged.status, (await forged.json()).error_code]).toEqual([path, 403, "bad_jwt"]);
    }
    const [row] = await query("select role, raw_app_meta_data from auth.users where id = $1", [id]);
    expect(row).toEqual({ role: "authenticated", raw_app_meta_data: { provider: "email", providers: ["email"] } });
    // The control: the same calls succeed with the secret key.
    expect((await auth.raw("/admin/users", { secret: true })).status).toBe(200);
    expect((await users.getUserById(id)).data.user?.email).toBe(email);
  });
});
