// Sessions: what signing in creates, what an access token says about it, and how it ends.
import { randomBytes, randomUUID } from "node:crypto";
import type { Caller } from "../gateway/service.ts";
import { type Claims, TokenError } from "../gateway/tokens.ts";
import type { AuthContext, Origin } from "./context.ts";
import type { Queries } from "./database.ts";
import { AuthFailure, notAdmin, unauthorized } from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { findUserById, INSTANCE_ID, isBanned, reloadUser, type UserRow, userJson } from "./users.ts";

export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const SECOND_FACTORS = ["totp"];

interface AmrEntry extends Record<string, unknown> {
  method: string;
  timestamp: number;
}

/** A new session for a user who has just proved who they are. */
export async function startSession(
  context: AuthContext,
  queries: Queries,
  userId: string,
  method: string,
  origin: Origin,
): Promise<JsonObject> {
  const sessionId = randomUUID();
  await queries.rows(
    `insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip)
     values ($1, $2, now(), now(), 'aal1', $3, $4)`,
    [sessionId, userId, origin.userAgent, origin.ip],
  );
  await addAmrClaim(queries, sessionId, method);
  await queries.rows("update auth.users set last_sign_in_at = now(), updated_at = now() where id = $1", [userId]);
  const refreshToken = await insertRefreshToken(queries, userId, sessionId, null);
  return sessionJson(context, queries, userId, sessionId, refreshToken);
}

export async function addAmrClaim(queries: Queries, sessionId: string, method: string): Promise<void> {
  await queries.rows(
    `insert into auth.mfa_amr_claims (id, session_id, authentication_method, created_at, updated_at)
     values ($1, $2, $3, now(), now())
     on conflict (session_id, authentication_method) do update set updated_at = now()`,
    [randomUUID(), sessionId, method],
  );
}

export async function insertRefreshToken(
  queries: Queries,
  userId: string,
  sessionId: string,
  parent: string | null,
): Promise<string> {
  const token = randomBytes(16).toString("base64url");
  await queries.rows(
    `insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)
     values ($1, $2, $3, false, now(), now(), $4, $5)`,
    [INSTANCE_ID, token, userId, parent, sessionId],
  );
  return token;
}

/** Signs an access token for the session as it stands now, and shapes the answer clients store. */
export async function sessionJson(
  context: AuthContext,
  queries: Queries,
  userId: string,
  sessionId: string,
  refreshToken: string,
): Promise<JsonObject> {
  const user = await reloadUser(queries, userId);
  const amr = await queries.rows<AmrEntry>(
    `select authentication_method as method, floor(extract(epoch from updated_at))::integer as timestamp
       from auth.mfa_amr_claims where session_id = $1 order by updated_at desc, authentication_method`,
    [sessionId],
  );
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiresAt = issuedAt + context.config.jwt_expiry;
  const claims: Claims = {
    iss: context.authUrl,
    sub: user.id,
    aud: user.aud ?? "",
    exp: expiresAt,
    iat: issuedAt,
    email: user.email ?? "",
    phone: user.phone ?? "",
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    role: user.role ?? "",
    aal: amr.some((entry) => SECOND_FACTORS.includes(entry.method)) ? "aal2" : "aal1",
    amr,
    session_id: sessionId,
    is_anonymous: user.is_anonymous,
  };
  return {
    access_token: await context.tokens.sign(claims),
    token_type: "bearer",
    expires_in: context.config.jwt_expiry,
    expires_at: expiresAt,
    refresh_token: refreshToken,
    user: userJson(user),
  };
}

const NOT_A_JWT = "token is malformed: token contains an invalid number of segments";

async function verifiedClaims(context: AuthContext, bearer: string): Promise<Claims> {
  try {
    const claims = await context.tokens.verify(bearer);
    // The Data API forgives clocks that differ; Auth wrote the time itself and forgives nothing.
    if ((claims.exp ?? 0) <= Date.now() / 1000) throw new TokenError("expired", "JWT expired");
    return claims;
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const details = {
      expired: "token has invalid claims: token is expired",
      claims: "token has invalid claims",
      signature: "token signature is invalid",
      malformed: bearer.split(".").length === 3 ? "token is malformed" : NOT_A_JWT,
    };
    throw badJwt(`invalid JWT: unable to parse or verify signature, ${details[error.reason]}`);
  }
}

/** Without a user's token the project key speaks for itself: a role, and nobody's name. */
async function claimsOf(context: AuthContext, caller: Caller): Promise<Claims> {
  if (caller.bearer === null) return { role: caller.key === "secret" ? "service_role" : "anon" };
  if (!caller.bearer) throw unauthorized();
  return verifiedClaims(context, caller.bearer);
}

const badJwt = (message: string) => new AuthFailure(403, "bad_jwt", message);

export interface SignedIn {
  user: UserRow;
  sessionId: string;
  sessionCreatedAt: Date;
  aal: string;
}

/** The user of a request's token, if token, user and session are all still good. */
export async function requireUser(context: AuthContext, caller: Caller): Promise<SignedIn> {
  const claims = await claimsOf(context, caller);
  if (!claims.sub) throw badJwt("invalid claim: missing sub claim");
  if (!UUID.test(claims.sub)) throw badJwt("invalid claim: sub claim must be a UUID");
  const user = await findUserById(context.db, claims.sub);
  if (!user) throw new AuthFailure(403, "user_not_found", "User from sub claim in JWT does not exist");
  const session = UUID.test(claims.session_id ?? "")
    ? await context.db.row<{ id: string; created_at: Date; aal: string | null }>(
        `select id, created_at, aal::text from auth.sessions
          where id = $1 and user_id = $2 and (not_after is null or not_after > now())`,
        [claims.session_id, user.id],
      )
    : undefined;
  if (!session) throw new AuthFailure(403, "session_not_found", "Session from session_id claim in JWT does not exist");
  if (isBanned(user)) throw new AuthFailure(403, "user_banned", "User is banned");
  return {
    user,
    sessionId: session.id,
    sessionCreatedAt: session.created_at,
    aal: session.aal ?? "aal1",
  };
}

/** The admin API answers to the secret key, or to a token of the role behind it; never to a user. */
export async function requireAdmin(context: AuthContext, caller: Caller): Promise<void> {
  const claims = await claimsOf(context, caller);
  if (claims.role !== "service_role" && claims.role !== "supabase_admin") throw notAdmin();
}

export type SignOutScope = "global" | "local" | "others";

export async function endSessions(
  queries: Queries,
  userId: string,
  sessionId: string,
  scope: SignOutScope,
): Promise<void> {
  const which = { global: "true", local: "id = $2", others: "id <> $2" }[scope];
  await queries.rows(`delete from auth.sessions where user_id = $1 and ($2::uuid is not null and ${which})`, [
    userId,
    sessionId,
  ]);
}
