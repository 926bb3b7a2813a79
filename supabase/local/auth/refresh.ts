// Refresh tokens are used once. A client that lost the answer may ask again; a thief who asks later ends the session.
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { AuthFailure, invalid, tooManyRequests } from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { insertRefreshToken, sessionJson } from "./sessions.ts";
import { isBanned, reloadUser } from "./users.ts";

interface PresentedToken extends Record<string, unknown> {
  token: string;
  revoked: boolean;
  user_id: string;
  session_id: string;
  within_reuse_interval: boolean;
  expired: boolean;
  inactive: boolean;
}

const refused = (code: string, message: string) => new AuthFailure(400, code, `Invalid Refresh Token: ${message}`);

async function findToken(context: AuthContext, queries: Queries, token: string): Promise<PresentedToken> {
  const { timebox, inactivity_timeout } = context.config.sessions;
  // Locks the session, then reads the token: whoever comes second sees what the first one did.
  const session = await queries.row<{ id: string }>(
    `select s.id from auth.sessions s
      where s.id = (select session_id from auth.refresh_tokens where token = $1) for update`,
    [token],
  );
  const found = await queries.row<PresentedToken>(
    `select t.token, t.revoked, s.user_id, s.id as session_id,
       t.updated_at + make_interval(secs => $2) > now() as within_reuse_interval,
       coalesce(s.not_after < now(), false)
         or coalesce(s.created_at + make_interval(secs => $3) < now(), false) as expired,
       coalesce(coalesce(s.refreshed_at at time zone 'utc', s.created_at) + make_interval(secs => $4) < now(), false)
         as inactive
     from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id
     where t.token = $1 and s.id = $5`,
    [
      token,
      context.config.refresh_token_reuse_interval,
      timebox ?? null,
      inactivity_timeout ?? null,
      session?.id ?? null,
    ],
  );
  if (!found) throw refused("refresh_token_not_found", "Refresh Token Not Found");
  return found;
}

const revokeToken = (queries: Queries, token: string) =>
  queries.rows("update auth.refresh_tokens set revoked = true, updated_at = now() where token = $1", [token]);

/** Revokes what a session holds and hands out the next token; the session's row must be locked. */
export async function rotate(queries: Queries, userId: string, sessionId: string, parent: string): Promise<string> {
  await revokeToken(queries, parent);
  return insertRefreshToken(queries, userId, sessionId, parent);
}

export const activeToken = (queries: Queries, sessionId: string) =>
  queries.row<{ token: string; parent: string | null }>(
    "select token, parent from auth.refresh_tokens where session_id = $1 and not revoked order by id desc limit 1",
    [sessionId],
  );

/** The token to answer with, or null when the presented one has been used before and the session must end. */
async function nextToken(queries: Queries, presented: PresentedToken): Promise<string | null> {
  if (!presented.revoked) return rotate(queries, presented.user_id, presented.session_id, presented.token);
  const active = await activeToken(queries, presented.session_id);
  // The parent of the token in use: its answer never reached the client, which therefore gets it again.
  if (active && (active.parent === presented.token || presented.within_reuse_interval)) return active.token;
  return null;
}

async function endFamily(queries: Queries, sessionId: string): Promise<void> {
  await queries.rows("update auth.refresh_tokens set revoked = true, updated_at = now() where session_id = $1", [
    sessionId,
  ]);
  await queries.rows("update auth.sessions set not_after = now(), updated_at = now() where id = $1", [sessionId]);
}

export async function refreshGrant(context: AuthContext, call: Call): Promise<JsonObject> {
  const token = call.body.text("refresh_token");
  if (!token) throw invalid("refresh_token required");
  const outcome = await context.throttles.unknownRefreshTokens.check(call.origin.ip, "", () =>
    context.db.transaction((queries) => refresh(context, queries, call, token)),
  );
  // Thrown only now: ending the family has to be committed first.
  if (outcome === "reused") throw refused("refresh_token_already_used", "Already Used");
  return outcome;
}

async function refresh(
  context: AuthContext,
  queries: Queries,
  call: Call,
  token: string,
): Promise<JsonObject | "reused"> {
  const presented = await findToken(context, queries, token);
  const user = await reloadUser(queries, presented.user_id);
  if (isBanned(user)) throw refused("user_banned", "User Banned");
  if (!context.throttles.refreshes.has(presented.session_id)) throw tooManyRequests();
  context.throttles.refreshes.take(presented.session_id);
  if (!presented.revoked && presented.expired) throw refused("session_expired", "Session Expired");
  if (!presented.revoked && presented.inactive) throw refused("session_expired", "Session Expired (Inactivity)");

  const next = await nextToken(queries, presented);
  if (next === null) {
    if (context.config.enable_refresh_token_rotation) await endFamily(queries, presented.session_id);
    await audit(queries, call.origin, "token_revoked", user);
    return "reused";
  }
  await queries.rows(
    `update auth.sessions set refreshed_at = now() at time zone 'utc', updated_at = now(), user_agent = $2, ip = $3
      where id = $1`,
    [presented.session_id, call.origin.userAgent, call.origin.ip],
  );
  await audit(queries, call.origin, "token_refreshed", user);
  return sessionJson(context, queries, user.id, presented.session_id, next);
}
