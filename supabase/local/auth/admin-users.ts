// The admin API on users: for the secret key alone, which may also set what users must never set themselves.
import { createHash } from "node:crypto";
import { audit } from "./audit.ts";
import { durationSeconds } from "./config.ts";
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { AuthFailure, emailExists, invalid, phoneExists, userNotFound } from "./errors.ts";
import type { Fields, JsonObject } from "./fields.ts";
import { findIdentity, identityData, insertIdentity, upsertIdentity } from "./identities.ts";
import { factorNotFound, removeFactor } from "./mfa.ts";
import { forgetLettersToOthers } from "./one-time-tokens.ts";
import { hashPassword, requireBcryptHash, requireStrongPassword, storePassword } from "./passwords.ts";
import { UUID } from "./sessions.ts";
import { saveNewUser } from "./signup.ts";
import {
  AUDIENCE,
  confirmEmail,
  factorJson,
  findUserByEmail,
  findUserById,
  findUserByPhone,
  INSTANCE_ID,
  lockUser,
  mergeMetadata,
  recordProvider,
  reloadUser,
  requireEmail,
  requirePhone,
  selectUser,
  type UserRow,
  userJson,
} from "./users.ts";

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;

async function requireUserById(queries: Queries, id: string): Promise<UserRow> {
  if (!UUID.test(id)) throw new AuthFailure(404, "validation_failed", "user_id must be an UUID");
  const user = await findUserById(queries, id);
  if (!user) throw userNotFound();
  return user;
}

/** Seconds of a ban, null to lift it, undefined when the request does not speak of it. */
function readBan(body: Fields): number | null | undefined {
  const text = body.text("ban_duration");
  if (!text) return undefined;
  if (text === "none") return null;
  const seconds = durationSeconds(text);
  if (seconds === null) throw invalid(`invalid format for ban duration: time: invalid duration "${text}"`);
  return seconds;
}

async function passwordFrom(context: AuthContext, body: Fields): Promise<string | undefined> {
  const [password, hash] = [body.text("password"), body.text("password_hash")];
  if (password && hash) throw invalid("Only a password or a password hash should be provided");
  if (hash) return requireBcryptHash(hash);
  if (!password) return undefined;
  requireStrongPassword(password, context.config);
  return hashPassword(context.db, password);
}

async function requireFree(queries: Queries, email: string, phone: string, ownId?: string): Promise<void> {
  const byEmail = email ? await findUserByEmail(queries, email) : undefined;
  if (byEmail && byEmail.id !== ownId) throw emailExists();
  const byPhone = phone ? await findUserByPhone(queries, phone) : undefined;
  if (byPhone && byPhone.id !== ownId) throw phoneExists();
}

const setBan = (queries: Queries, id: string, seconds: number | null) =>
  queries.rows("update auth.users set banned_until = now() + make_interval(secs => $2) where id = $1", [id, seconds]);

const confirmPhone = (queries: Queries, id: string) =>
  queries.rows("update auth.users set phone_confirmed_at = coalesce(phone_confirmed_at, now()) where id = $1", [id]);

function readContact(body: Fields): { email: string; phone: string } {
  return {
    email: body.text("email") && requireEmail(body.text("email")),
    phone: body.text("phone") && requirePhone(body.text("phone")),
  };
}

export async function createUser(context: AuthContext, call: Call): Promise<JsonObject> {
  const { body } = call;
  const { email, phone } = readContact(body);
  if (!email && !phone) throw invalid("Cannot create a user without either an email or phone");
  const id = body.text("id").toLowerCase() || undefined;
  if (id && !UUID.test(id)) throw invalid("ID must conform to the uuid v4 format");
  if (id === INSTANCE_ID) throw invalid("ID cannot be a nil uuid");
  const ban = readBan(body);
  await requireFree(context.db, email, phone);
  const passwordHash = await passwordFrom(context, body);
  const providers = [...(email ? ["email"] : []), ...(phone ? ["phone"] : [])];

  return context.db.transaction(async (queries) => {
    const userId = await saveNewUser(queries, {
      id,
      email,
      phone,
      role: body.text("role"),
      passwordHash,
      appMetadata: { provider: providers[0], providers, ...body.object("app_metadata") },
      userMetadata: body.object("user_metadata") ?? {},
    });
    if (email) await insertIdentity(queries, userId, "email", identityData(userId, { email }));
    if (phone) await insertIdentity(queries, userId, "phone", identityData(userId, { phone }));
    if (email && body.flag("email_confirm")) await confirmEmail(queries, userId);
    if (phone && body.flag("phone_confirm")) await confirmPhone(queries, userId);
    if (ban !== undefined) await setBan(queries, userId, ban);
    const user = await reloadUser(queries, userId);
    await audit(queries, call.origin, "user_signedup", null, { user_id: userId, user_email: email, user_phone: phone });
    return userJson(user);
  });
}

export async function getUser(context: AuthContext, id: string): Promise<JsonObject> {
  return userJson(await requireUserById(context.db, id));
}

function pageNumber(call: Call, name: string, otherwise: number): number {
  const text = call.url.searchParams.get(name);
  if (!text) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw invalid(`Bad Pagination Parameters: ${name} must be 1 or more`);
  return value;
}

export async function listUsers(context: AuthContext, call: Call): Promise<Response> {
  const page = pageNumber(call, "page", 1);
  const perPage = Math.min(pageNumber(call, "per_page", DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
  const where = "u.instance_id = $1 and u.aud = $2";
  const users = await context.db.rows<UserRow>(
    `${selectUser} where ${where} order by u.created_at desc, u.id limit $3 offset $4`,
    [INSTANCE_ID, AUDIENCE, perPage, (page - 1) * perPage],
  );
  const counted = await context.db.row<{ total: number }>(
    `select count(*)::integer as total from auth.users u where ${where}`,
    [INSTANCE_ID, AUDIENCE],
  );
  const total = counted?.total ?? 0;
  const lastPage = Math.ceil(total / perPage);
  // Clients take the page number from the first parameter of the address.
  const link = (number: number, relation: string) =>
    `</admin/users?page=${number}&per_page=${perPage}>; rel="${relation}"`;
  const links = [...(lastPage > page ? [link(page + 1, "next")] : []), link(lastPage, "last")];
  return Response.json(
    { users: users.map(userJson), aud: AUDIENCE },
    { headers: { link: links.join(", "), "x-total-count": String(total) } },
  );
}

export async function updateUserById(context: AuthContext, call: Call, id: string): Promise<JsonObject> {
  const { body } = call;
  const user = await requireUserById(context.db, id);
  const { email, phone } = readContact(body);
  const ban = readBan(body);
  await requireFree(context.db, email, phone, id);
  const passwordHash = await passwordFrom(context, body);

  return context.db.transaction(async (queries) => {
    await queries.rows(
      `update auth.users set email = coalesce(nullif($2, ''), email), phone = coalesce(nullif($3, ''), phone),
         role = coalesce(nullif($4, ''), role), updated_at = now() where id = $1`,
      [id, email, phone, body.text("role")],
    );
    const confirms = { email: body.flag("email_confirm") ?? false, phone: body.flag("phone_confirm") ?? false };
    if (email) await forgetLettersToOthers(queries, id, email);
    if (email) await upsertIdentity(queries, id, "email", { email, email_verified: confirms.email });
    if (phone) await upsertIdentity(queries, id, "phone", { phone, phone_verified: confirms.phone });
    if (confirms.email && (email || user.email)) await confirmEmail(queries, id);
    if (confirms.phone && (phone || user.phone)) await confirmPhone(queries, id);
    if (passwordHash) await storePassword(queries, id, passwordHash, null);
    const [userMetadata, appMetadata] = [body.object("user_metadata"), body.object("app_metadata")];
    if (userMetadata) await mergeMetadata(queries, id, "raw_user_meta_data", userMetadata);
    if (appMetadata) await mergeMetadata(queries, id, "raw_app_meta_data", appMetadata);
    for (const provider of ["email", "phone"] as const) {
      if (await findIdentity(queries, id, provider)) await recordProvider(queries, id, provider);
    }
    if (ban !== undefined) await setBan(queries, id, ban);
    await audit(queries, call.origin, "user_modified", null, { user_id: id, user_email: email, user_phone: phone });
    return userJson(await reloadUser(queries, id));
  });
}

/** For a soft deletion: the row stays recognisable to whoever knows the address, and readable to nobody. */
const obscured = (userId: string, value: string | null): string | null =>
  value
    ? createHash("sha256")
        .update(userId + value)
        .digest("base64url")
    : null;

async function softDelete(queries: Queries, user: UserRow): Promise<void> {
  if (user.deleted_at) return;
  await queries.rows(
    `update auth.users set deleted_at = now(), updated_at = now(), email = $2, phone = $3, encrypted_password = '',
       email_change = '', phone_change = null, confirmation_token = '', recovery_token = '',
       email_change_token_current = '', email_change_token_new = '', phone_change_token = '',
       reauthentication_token = '', raw_user_meta_data = '{}', raw_app_meta_data = '{}' where id = $1`,
    [user.id, obscured(user.id, user.email), obscured(user.id, user.phone)],
  );
  await queries.rows("delete from auth.one_time_tokens where user_id = $1", [user.id]);
  await queries.rows("delete from auth.sessions where user_id = $1", [user.id]);
  await queries.rows("delete from auth.mfa_factors where user_id = $1", [user.id]);
  for (const identity of user.identities)
    await queries.rows("update auth.identities set provider_id = $2, identity_data = '{}' where id = $1", [
      identity.id,
      obscured(user.id, identity.provider_id),
    ]);
}

export async function deleteUser(context: AuthContext, call: Call, id: string): Promise<object> {
  const softly = call.body.flag("should_soft_delete") ?? false;
  await context.db.transaction(async (queries) => {
    const user = await requireUserById(queries, id);
    await audit(queries, call.origin, "user_deleted", null, {
      user_id: user.id,
      user_email: user.email ?? "",
      user_phone: user.phone ?? "",
    });
    if (softly) await softDelete(queries, user);
    else {
      await queries.rows("delete from auth.flow_state where user_id = $1", [user.id]);
      await removeUser(queries, user.id);
    }
  });
  return {};
}

/** The product's own rows may hold on to a person, as memberships do: then the person stays, and soft deletion remains. */
async function removeUser(queries: Queries, id: string): Promise<void> {
  try {
    await queries.rows("delete from auth.users where id = $1", [id]);
  } catch (error) {
    console.error("auth:", error);
    throw new AuthFailure(500, "unexpected_failure", "Database error deleting user");
  }
}

export async function listFactors(context: AuthContext, id: string): Promise<JsonObject[]> {
  return (await requireUserById(context.db, id)).factors.map(factorJson);
}

export async function deleteFactor(
  context: AuthContext,
  call: Call,
  id: string,
  factorId: string,
): Promise<JsonObject> {
  return context.db.transaction(async (queries) => {
    await requireUserById(queries, id);
    await lockUser(queries, id);
    const factor = (await requireUserById(queries, id)).factors.find((one) => one.id === factorId);
    if (!factor) throw factorNotFound();
    await removeFactor(queries, factor.id);
    await audit(queries, call.origin, "factor_deleted", null, { user_id: id, factor_id: factor.id });
    return factorJson(factor);
  });
}
