// The trail of who did what, in the shape of the platform's audit log.
import { randomUUID } from "node:crypto";
import type { Origin } from "./context.ts";
import type { Queries } from "./database.ts";
import type { JsonObject } from "./fields.ts";
import { INSTANCE_ID, type UserRow } from "./users.ts";

const LOG_TYPES = {
  login: "account",
  logout: "account",
  user_signedup: "team",
  user_repeated_signup: "user",
  user_invited: "team",
  user_deleted: "team",
  user_modified: "user",
  user_updated_password: "user",
  user_recovery_requested: "user",
  user_confirmation_requested: "user",
  user_reauthenticate_requested: "user",
  generate_link: "team",
  token_refreshed: "token",
  token_revoked: "token",
  factor_in_progress: "factor",
  factor_unenrolled: "factor",
  factor_deleted: "factor",
  challenge_created: "factor",
  verification_attempted: "factor",
  identity_unlinked: "user",
} as const;

export type AuditAction = keyof typeof LOG_TYPES;

/** `actor` is null when an operator acted with the secret key. */
export async function audit(
  queries: Queries,
  origin: Origin,
  action: AuditAction,
  actor: Pick<UserRow, "id" | "email" | "phone"> | null,
  traits?: JsonObject,
): Promise<void> {
  const payload = {
    action,
    actor_id: actor?.id ?? INSTANCE_ID,
    actor_username: actor ? actor.email || actor.phone || "" : "service_role",
    actor_via_sso: false,
    log_type: LOG_TYPES[action],
    ...(traits && { traits }),
  };
  await queries.rows(
    `insert into auth.audit_log_entries (instance_id, id, payload, created_at, ip_address) values ($1, $2, $3, now(), $4)`,
    [INSTANCE_ID, randomUUID(), JSON.stringify(payload), origin.ip],
  );
}
