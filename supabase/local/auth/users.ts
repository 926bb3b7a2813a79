// People as auth.users keeps them, and as clients see them.
import { randomUUID } from "node:crypto";
import type { Queries } from "./database.ts";
import { invalid } from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { findIdentity } from "./identities.ts";

export const AUDIENCE = "authenticated";
export const INSTANCE_ID = "00000000-0000-0000-0000-000000000000";

interface IdentityRow {
  id: string;
  provider_id: string;
  user_id: string;
  identity_data: JsonObject;
  provider: string;
  last_sign_in_at: string | null;
  created_at: string | null;
  updated_at: string | null;
  email: string | null;
}

export interface FactorRow {
  id: string;
  friendly_name: string | null;
  factor_type: string;
  status: "verified" | "unverified";
  created_at: string;
  updated_at: string;
  last_challenged_at: string | null;
}

export interface UserRow extends Record<string, unknown> {
  id: string;
  aud: string | null;
  role: string | null;
  email: string | null;
  phone: string | null;
  encrypted_password: string | null;
  email_confirmed_at: Date | null;
  phone_confirmed_at: Date | null;
  confirmed_at: Date | null;
  email_change: string | null;
  email_change_confirm_status: number | null;
  raw_app_meta_data: JsonObject | null;
  raw_user_meta_data: JsonObject | null;
  banned_until: Date | null;
  invited_at: Date | null;
  deleted_at: Date | null;
  is_anonymous: boolean;
  identities: IdentityRow[];
  factors: FactorRow[];
}

export const selectUser = `
  select u.*,
    coalesce((select json_agg(i order by i.created_at, i.id) from auth.identities i where i.user_id = u.id), '[]')
      as identities,
    coalesce((select json_agg(json_build_object('id', f.id, 'friendly_name', f.friendly_name,
        'factor_type', f.factor_type, 'status', f.status, 'created_at', f.created_at, 'updated_at', f.updated_at,
        'last_challenged_at', f.last_challenged_at) order by f.created_at, f.id)
      from auth.mfa_factors f where f.user_id = u.id), '[]') as factors
  from auth.users u`;

export const findUserById = (queries: Queries, id: string) =>
  queries.row<UserRow>(`${selectUser} where u.id = $1`, [id]);

export const findUserByEmail = (queries: Queries, email: string) =>
  queries.row<UserRow>(
    `${selectUser} where u.instance_id = $1 and lower(u.email) = $2 and u.aud = $3 and not u.is_sso_user`,
    [INSTANCE_ID, email, AUDIENCE],
  );

export const findUserByPhone = (queries: Queries, phone: string) =>
  queries.row<UserRow>(`${selectUser} where u.instance_id = $1 and u.phone = $2 and u.aud = $3`, [
    INSTANCE_ID,
    phone,
    AUDIENCE,
  ]);

/** Taken before anything else of a user is written: changes of one person come one after the other, never crosswise. */
export const lockUser = (queries: Queries, id: string) =>
  queries.rows("select id from auth.users where id = $1 for no key update", [id]);

/** A user that this transaction has just written and therefore must find. */
export async function reloadUser(queries: Queries, id: string): Promise<UserRow> {
  const user = await findUserById(queries, id);
  if (!user) throw new Error("A user disappeared while it was being written.");
  return user;
}

export const isBanned = (user: UserRow): boolean => user.banned_until !== null && user.banned_until > new Date();

export interface NewUser {
  id?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  role?: string | undefined;
  passwordHash?: string | null | undefined;
  appMetadata: JsonObject;
  userMetadata: JsonObject;
  isAnonymous?: boolean;
}

export async function insertUser(queries: Queries, user: NewUser): Promise<string> {
  const id = user.id ?? randomUUID();
  await queries.rows(
    `insert into auth.users (instance_id, id, aud, role, email, phone, encrypted_password, raw_app_meta_data,
       raw_user_meta_data, is_anonymous, created_at, updated_at, confirmation_token, recovery_token, email_change,
       email_change_token_new)
     values ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), coalesce($7, ''), $8, $9, $10, now(), now(), '', '', '', '')`,
    [
      INSTANCE_ID,
      id,
      AUDIENCE,
      user.role || "authenticated",
      user.email ?? null,
      user.phone ?? null,
      user.passwordHash ?? null,
      JSON.stringify(user.appMetadata),
      JSON.stringify(user.userMetadata),
      user.isAnonymous ?? false,
    ],
  );
  return id;
}

/** Merges the first level; a null takes the key away. */
export async function mergeMetadata(
  queries: Queries,
  userId: string,
  column: "raw_user_meta_data" | "raw_app_meta_data",
  patch: JsonObject,
): Promise<void> {
  await queries.rows(
    `update auth.users set updated_at = now(), ${column} =
       (coalesce(nullif(${column}, 'null'), '{}') || $2::jsonb)
       - array(select key from jsonb_each($2::jsonb) where value = 'null')
     where id = $1`,
    [userId, JSON.stringify(patch)],
  );
}

export async function confirmEmail(queries: Queries, userId: string): Promise<void> {
  await queries.rows(
    `update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()), confirmation_token = '',
       is_anonymous = false, updated_at = now() where id = $1`,
    [userId],
  );
  await queries.rows("delete from auth.one_time_tokens where user_id = $1 and token_type = 'confirmation_token'", [
    userId,
  ]);
  await mergeMetadata(queries, userId, "raw_user_meta_data", { email_verified: true });
}

/** Records the providers by which a user can sign in, as clients read them from app_metadata. */
export async function recordProvider(queries: Queries, userId: string, provider: "email" | "phone"): Promise<void> {
  if (!(await findIdentity(queries, userId, provider))) return;
  await queries.rows(
    `update auth.users u set raw_app_meta_data = coalesce(raw_app_meta_data, '{}') || jsonb_build_object(
       'provider', coalesce(raw_app_meta_data ->> 'provider', $2),
       'providers', (select jsonb_agg(distinct i.provider) from auth.identities i where i.user_id = u.id))
     where id = $1`,
    [userId, provider],
  );
}

const iso = (value: unknown): string | undefined => {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? new Date(value).toISOString() : undefined;
};

const orAbsent = (value: unknown): unknown => (value === null || value === "" ? undefined : value);

function identityJson(identity: IdentityRow): JsonObject {
  return {
    identity_id: identity.id,
    id: identity.provider_id,
    user_id: identity.user_id,
    identity_data: identity.identity_data,
    provider: identity.provider,
    last_sign_in_at: iso(identity.last_sign_in_at),
    created_at: iso(identity.created_at),
    updated_at: iso(identity.updated_at),
    email: orAbsent(identity.email),
  };
}

export function factorJson(factor: FactorRow): JsonObject {
  return {
    id: factor.id,
    created_at: iso(factor.created_at),
    updated_at: iso(factor.updated_at),
    status: factor.status,
    friendly_name: orAbsent(factor.friendly_name),
    factor_type: factor.factor_type,
    last_challenged_at: iso(factor.last_challenged_at),
  };
}

/** What clients get: absent rather than null, never a hash or a token. */
export function userJson(user: UserRow): JsonObject {
  return {
    id: user.id,
    aud: user.aud ?? "",
    role: user.role ?? "",
    email: user.email ?? "",
    email_confirmed_at: iso(user.email_confirmed_at),
    invited_at: iso(user.invited_at),
    phone: user.phone ?? "",
    phone_confirmed_at: iso(user.phone_confirmed_at),
    confirmation_sent_at: iso(user.confirmation_sent_at),
    confirmed_at: iso(user.confirmed_at),
    recovery_sent_at: iso(user.recovery_sent_at),
    new_email: orAbsent(user.email_change),
    email_change_sent_at: iso(user.email_change_sent_at),
    new_phone: orAbsent(user.phone_change),
    phone_change_sent_at: iso(user.phone_change_sent_at),
    reauthentication_sent_at: iso(user.reauthentication_sent_at),
    last_sign_in_at: iso(user.last_sign_in_at),
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    factors: user.factors.length > 0 ? user.factors.map(factorJson) : undefined,
    identities: user.identities.map(identityJson),
    created_at: iso(user.created_at),
    updated_at: iso(user.updated_at),
    banned_until: iso(user.banned_until),
    deleted_at: iso(user.deleted_at),
    is_anonymous: user.is_anonymous,
  };
}

const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export function requireEmail(text: string): string {
  if (text === "") throw invalid("An email address is required");
  if (text.length > 255) throw invalid("An email address is too long");
  // Before the case is lowered: the Kelvin sign becomes a plain k, and the address somebody else's.
  if (!EMAIL.test(text)) throw invalid("Unable to validate email address: invalid format");
  return text.toLowerCase();
}

/** Stored as the platform stores it: digits of the E.164 form, without the plus sign. */
export function requirePhone(text: string): string {
  const phone = text.trim().replace(/^\+/, "");
  if (!/^[1-9]\d{1,14}$/.test(phone)) throw invalid("Invalid phone number format (E.164 required)");
  return phone;
}
