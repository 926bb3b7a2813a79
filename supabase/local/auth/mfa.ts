// Second factors: an authenticator app is enrolled, challenged and verified; verifying lifts the session to aal2.
import { randomUUID } from "node:crypto";
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { AuthFailure, invalid, isUniqueViolation } from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { qrSvg } from "./qr-code.ts";
import { activeToken, rotate } from "./refresh.ts";
import { addAmrClaim, type SignedIn, sessionJson, UUID } from "./sessions.ts";
import { newSecret, totpMatches, totpUri } from "./totp.ts";
import { type FactorRow, lockUser } from "./users.ts";

const CHALLENGE_SECONDS = 300;
const UNFINISHED_SECONDS = 300;

export const factorNotFound = () => new AuthFailure(404, "mfa_factor_not_found", "Factor not found");

const disabled = (what: "enroll" | "verify", type: "totp" | "phone" | "webauthn") => {
  const names = { totp: "TOTP", phone: "Phone", webauthn: "WebAuthn" };
  const action = what === "enroll" ? "enroll is" : "verification is";
  return new AuthFailure(422, `mfa_${type}_${what}_not_enabled`, `MFA ${action} disabled for ${names[type]}`);
};

export async function enrollFactor(context: AuthContext, call: Call, who: SignedIn): Promise<JsonObject> {
  const { body } = call;
  const { mfa, site_url } = context.config;
  const type = body.text("factor_type");
  if (type === "phone" || type === "webauthn") throw disabled("enroll", type);
  if (type !== "totp") throw invalid("factor_type needs to be totp, phone, or webauthn");
  if (!mfa.totp.enroll_enabled) throw disabled("enroll", "totp");
  const friendlyName = body.text("friendly_name");
  const issuer = body.text("issuer") || new URL(site_url).host;
  const secret = newSecret();
  const uri = totpUri(secret, issuer, who.user.email || who.user.phone || who.user.id);
  const qrCode = qrSvg(uri);
  if (qrCode === null) throw invalid("The issuer is too long for a QR code.");

  const id = randomUUID();
  await context.db.transaction(async (queries) => {
    // Locked, so that enrolments at the same moment cannot pass the limit together.
    await lockUser(queries, who.user.id);
    // Enrolments that nobody finished must not use up the limit for ever.
    await queries.rows(
      `delete from auth.mfa_factors
        where user_id = $1 and status = 'unverified' and created_at < now() - make_interval(secs => $2)`,
      [who.user.id, UNFINISHED_SECONDS],
    );
    const factors = await queries.rows<{ status: string; friendly_name: string | null }>(
      "select status, friendly_name from auth.mfa_factors where user_id = $1",
      [who.user.id],
    );
    const verified = factors.filter(({ status }) => status === "verified");
    if (factors.length >= mfa.max_enrolled_factors)
      throw new AuthFailure(
        422,
        "too_many_enrolled_mfa_factors",
        "Maximum number of verified factors reached, unenroll to continue",
      );
    if (verified.length > 0 && who.aal !== "aal2")
      throw new AuthFailure(403, "insufficient_aal", "AAL2 required to enroll a new factor");
    await insertFactor(queries, { id, userId: who.user.id, friendlyName, secret });
    await audit(queries, call.origin, "factor_in_progress", who.user, { factor_id: id });
  });
  return { id, type: "totp", friendly_name: friendlyName, totp: { qr_code: qrCode, secret, uri } };
}

async function insertFactor(
  queries: Queries,
  factor: { id: string; userId: string; friendlyName: string; secret: string },
): Promise<void> {
  try {
    await queries.rows(
      `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, secret, created_at, updated_at)
       values ($1, $2, $3, 'totp', 'unverified', $4, now(), now())`,
      [factor.id, factor.userId, factor.friendlyName, factor.secret],
    );
  } catch (error) {
    if (!isUniqueViolation(error, "mfa_factors_user_friendly_name_unique")) throw error;
    throw new AuthFailure(
      422,
      "mfa_factor_name_conflict",
      `A factor with the friendly name "${factor.friendlyName}" for this user already exists`,
    );
  }
}

interface OwnFactor extends FactorRow, Record<string, unknown> {
  secret: string;
}

async function ownFactor(queries: Queries, who: SignedIn, factorId: string): Promise<OwnFactor> {
  if (!UUID.test(factorId)) throw new AuthFailure(404, "validation_failed", "factor_id must be an UUID");
  const factor = await queries.row<OwnFactor>("select * from auth.mfa_factors where id = $1 and user_id = $2", [
    factorId,
    who.user.id,
  ]);
  if (!factor) throw factorNotFound();
  return factor;
}

export async function challengeFactor(
  context: AuthContext,
  call: Call,
  who: SignedIn,
  factorId: string,
): Promise<JsonObject> {
  if (!context.config.mfa.totp.verify_enabled) throw disabled("verify", "totp");
  const factor = await ownFactor(context.db, who, factorId);
  const id = randomUUID();
  await context.db.transaction(async (queries) => {
    await lockUser(queries, who.user.id);
    await queries.rows(
      "insert into auth.mfa_challenges (id, factor_id, created_at, ip_address) values ($1, $2, now(), $3)",
      [id, factor.id, call.origin.ip],
    );
    await queries.rows("update auth.mfa_factors set last_challenged_at = clock_timestamp() where id = $1", [factor.id]);
    await audit(queries, call.origin, "challenge_created", who.user, { factor_id: factor.id });
  });
  return { id, type: "totp", expires_at: Math.floor(Date.now() / 1000) + CHALLENGE_SECONDS };
}

export async function verifyFactor(
  context: AuthContext,
  call: Call,
  who: SignedIn,
  factorId: string,
): Promise<JsonObject> {
  if (!context.config.mfa.totp.verify_enabled) throw disabled("verify", "totp");
  const [challengeId, code] = [call.body.text("challenge_id"), call.body.text("code")];
  const factor = await ownFactor(context.db, who, factorId);
  const unknownChallenge = () =>
    new AuthFailure(404, "mfa_factor_not_found", "MFA factor with the provided challenge ID not found");
  if (!UUID.test(challengeId)) throw unknownChallenge();
  return context.throttles.factors.check(call.origin.ip, factor.id, () =>
    context.db.transaction(async (queries) => {
      await lockUser(queries, who.user.id);
      // Marked first: a challenge answered twice at once is answered once.
      const challenge = await queries.row<{ ip_matches: boolean; expired: boolean }>(
        `update auth.mfa_challenges set verified_at = now()
          where id = $1 and factor_id = $2 and verified_at is null
          returning ip_address = $3::inet as ip_matches, created_at < now() - make_interval(secs => $4) as expired`,
        [challengeId, factor.id, call.origin.ip, CHALLENGE_SECONDS],
      );
      if (!challenge) throw unknownChallenge();
      if (!challenge.ip_matches)
        throw new AuthFailure(422, "mfa_ip_address_mismatch", "Challenge and verify IP addresses mismatch.");
      if (challenge.expired)
        throw new AuthFailure(
          422,
          "mfa_challenge_expired",
          `MFA challenge ${challengeId} has expired, verify against another challenge or create a new challenge.`,
        );
      if (!totpMatches(factor.secret, code))
        throw new AuthFailure(422, "mfa_verification_failed", "Invalid TOTP code entered");
      return liftSession(context, queries, call, who, factor.id);
    }),
  );
}

async function liftSession(
  context: AuthContext,
  queries: Queries,
  call: Call,
  who: SignedIn,
  factorId: string,
): Promise<JsonObject> {
  const userId = who.user.id;
  const session = await queries.row<{ id: string }>(
    "update auth.sessions set aal = 'aal2', factor_id = $2, updated_at = now() where id = $1 returning id",
    [who.sessionId, factorId],
  );
  if (!session) throw new AuthFailure(403, "session_not_found", "Session from session_id claim in JWT does not exist");
  await queries.rows("update auth.mfa_factors set status = 'verified', updated_at = now() where id = $1", [factorId]);
  await queries.rows("delete from auth.mfa_factors where user_id = $1 and status = 'unverified'", [userId]);
  // Whoever signed in elsewhere with the password alone has to show the factor there as well.
  await queries.rows("delete from auth.sessions where user_id = $1 and aal < 'aal2'", [userId]);
  await addAmrClaim(queries, who.sessionId, "totp");
  await audit(queries, call.origin, "verification_attempted", who.user, { factor_id: factorId, factor_type: "totp" });
  const active = await activeToken(queries, who.sessionId);
  if (!active) throw new AuthFailure(403, "session_not_found", "Session from session_id claim in JWT does not exist");
  const refreshToken = await rotate(queries, userId, who.sessionId, active.token);
  return sessionJson(context, queries, userId, who.sessionId, refreshToken);
}

export async function unenrollFactor(
  context: AuthContext,
  call: Call,
  who: SignedIn,
  factorId: string,
): Promise<JsonObject> {
  await context.db.transaction(async (queries) => {
    await lockUser(queries, who.user.id);
    const factor = await ownFactor(queries, who, factorId);
    if (factor.status === "verified" && who.aal !== "aal2")
      throw new AuthFailure(422, "insufficient_aal", "AAL2 required to unenroll verified factor");
    await removeFactor(queries, factor.id);
    await audit(queries, call.origin, "factor_unenrolled", who.user, { factor_id: factor.id });
  });
  return { id: factorId };
}

/** Sessions that leant on the factor fall back to what the rest of their proof is worth. */
export async function removeFactor(queries: Queries, factorId: string): Promise<void> {
  await queries.rows(
    `delete from auth.mfa_amr_claims c using auth.sessions s
      where s.id = c.session_id and s.factor_id = $1 and c.authentication_method = 'totp'`,
    [factorId],
  );
  await queries.rows(
    "update auth.sessions set aal = 'aal1', factor_id = null, updated_at = now() where factor_id = $1",
    [factorId],
  );
  await queries.rows("delete from auth.mfa_factors where id = $1", [factorId]);
}
