// The ways a user is known: one identity per provider, keyed by the user's own id for e-mail and phone.
import type { Queries } from "./database.ts";
import type { JsonObject } from "./fields.ts";

export const findIdentity = (queries: Queries, userId: string, provider: "email" | "phone") =>
  queries.row<{ id: string }>("select id from auth.identities where user_id = $1 and provider = $2", [
    userId,
    provider,
  ]);

export function identityData(userId: string, contact: { email?: string; phone?: string }, extra: JsonObject = {}) {
  return { ...extra, sub: userId, ...contact, email_verified: false, phone_verified: false };
}

export async function insertIdentity(
  queries: Queries,
  userId: string,
  provider: "email" | "phone",
  data: JsonObject,
): Promise<void> {
  await queries.rows(
    `insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
     values ($1, $2, $3, $4, now(), now(), now())`,
    [userId, userId, JSON.stringify(data), provider],
  );
}

/** Brings the identity in line with a changed or confirmed address; creates it for a user that had none. */
export async function upsertIdentity(
  queries: Queries,
  userId: string,
  provider: "email" | "phone",
  data: JsonObject,
): Promise<void> {
  if (await findIdentity(queries, userId, provider))
    await queries.rows(
      `update auth.identities set identity_data = identity_data || $3::jsonb, updated_at = now()
       where user_id = $1 and provider = $2`,
      [userId, provider, JSON.stringify(data)],
    );
  else await insertIdentity(queries, userId, provider, { ...identityData(userId, {}), ...data });
}
