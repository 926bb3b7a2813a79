// What people change about themselves: PUT /user, and the identities they sign in with.
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { applyEmailChange, sendEmailChange } from "./email-change.ts";
import { AuthFailure, emailExists, invalid, phoneExists } from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { readChallenge } from "./flow-state.ts";
import { upsertIdentity } from "./identities.ts";
import type { Letter } from "./mails.ts";
import { takeToken, tokenHash } from "./one-time-tokens.ts";
import { hashPassword, passwordMatches, requireStrongPassword, storePassword } from "./passwords.ts";
import { type SignedIn, UUID } from "./sessions.ts";
import {
  findUserByEmail,
  findUserByPhone,
  lockUser,
  mergeMetadata,
  recordProvider,
  reloadUser,
  requireEmail,
  requirePhone,
  type UserRow,
  userJson,
} from "./users.ts";

const RECENT_SIGN_IN_MS = 24 * 3600 * 1000;

async function requireFreshProof(context: AuthContext, queries: Queries, call: Call, who: SignedIn): Promise<void> {
  if (!context.config.email.secure_password_change) return;
  if (Date.now() - who.sessionCreatedAt.getTime() < RECENT_SIGN_IN_MS) return;
  const nonce = call.body.text("nonce");
  if (!nonce) throw new AuthFailure(400, "reauthentication_needed", "Password update requires reauthentication");
  const address = who.user.email ?? "";
  await context.throttles.verifications.check(call.origin.ip, address, async () => {
    const taken = await takeToken(
      queries,
      context.config,
      [tokenHash(address, nonce)],
      ["reauthentication_token"],
      address,
    );
    if (taken?.user.id !== who.user.id)
      throw new AuthFailure(422, "reauthentication_not_valid", "Nonce has expired or is invalid");
  });
}

/** Not wanted by default, but never ignored: whoever asks for the current password relies on it being compared. */
async function requireCurrentPassword(
  context: AuthContext,
  queries: Queries,
  call: Call,
  { user }: SignedIn,
): Promise<void> {
  const current = call.body.optionalText("current_password");
  if (current === undefined) return;
  await context.throttles.signIns.check(call.origin.ip, user.email || user.phone || user.id, async () => {
    if (!(await passwordMatches(queries, current, user.encrypted_password)))
      throw new AuthFailure(400, "current_password_mismatch", "The current password is not right.");
  });
}

async function changePassword(
  context: AuthContext,
  queries: Queries,
  call: Call,
  who: SignedIn,
  password: string,
): Promise<void> {
  await requireCurrentPassword(context, queries, call, who);
  await requireFreshProof(context, queries, call, who);
  if (await passwordMatches(queries, password, who.user.encrypted_password))
    throw new AuthFailure(422, "same_password", "New password should be different from the old password.");
  await storePassword(queries, who.user.id, await hashPassword(queries, password), who.sessionId);
  await audit(queries, call.origin, "user_updated_password", who.user);
}

/** Text messages need a provider, which this machine does not have: numbers change unconfirmed or not at all. */
async function requirePhoneChange(context: AuthContext, phone: string): Promise<void> {
  const { sms } = context.config;
  if (!sms.enable_signup || sms.enable_confirmations)
    throw new AuthFailure(400, "phone_provider_disabled", "Unsupported phone provider");
  if (await findUserByPhone(context.db, phone)) throw phoneExists();
}

async function applyPhoneChange(queries: Queries, userId: string, phone: string): Promise<void> {
  await queries.rows(
    "update auth.users set phone = $2, phone_confirmed_at = now(), is_anonymous = false, updated_at = now() where id = $1",
    [userId, phone],
  );
  await upsertIdentity(queries, userId, "phone", { phone, phone_verified: true });
  await recordProvider(queries, userId, "phone");
}

async function changeEmail(
  context: AuthContext,
  queries: Queries,
  call: Call,
  user: UserRow,
  email: string,
): Promise<Letter[]> {
  // Somebody without an address signs up with it, so to speak; everybody else has to prove the new mailbox.
  if (user.is_anonymous && !context.config.email.enable_confirmations) {
    await applyEmailChange(queries, user.id, email);
    return [];
  }
  return sendEmailChange(context, queries, call, user, email, readChallenge(call.body));
}

export async function updateUser(context: AuthContext, call: Call, who: SignedIn): Promise<JsonObject> {
  const { body } = call;
  const { user } = who;
  const password = body.optionalText("password");
  const wantedEmail = body.text("email") && requireEmail(body.text("email"));
  const newEmail = wantedEmail !== user.email?.toLowerCase() ? wantedEmail : "";
  const wantedPhone = body.text("phone") && requirePhone(body.text("phone"));
  const newPhone = wantedPhone !== user.phone ? wantedPhone : "";
  if (body.object("app_metadata"))
    throw new AuthFailure(403, "not_admin", "Updating app_metadata requires admin privileges");
  if (
    who.aal !== "aal2" &&
    user.factors.some(({ status }) => status === "verified") &&
    (password || newEmail || newPhone)
  )
    throw new AuthFailure(
      401,
      "insufficient_aal",
      "AAL2 session is required to update email or password when MFA is enabled.",
    );
  if (user.is_anonymous && password && !newEmail && !newPhone)
    throw new AuthFailure(
      422,
      "validation_failed",
      "Updating password of an anonymous user without an email or phone is not allowed",
    );
  if (password !== undefined) requireStrongPassword(password, context.config);
  if (newEmail) {
    if (await findUserByEmail(context.db, newEmail)) throw emailExists();
    context.throttles.mails.take("email_change", user.email || user.id);
  }
  if (newPhone) await requirePhoneChange(context, newPhone);

  const { letters, saved } = await context.db.transaction(async (queries) => {
    if (password !== undefined) await changePassword(context, queries, call, who, password);
    const data = body.object("data");
    if (data) await mergeMetadata(queries, user.id, "raw_user_meta_data", data);
    if (newPhone) await applyPhoneChange(queries, user.id, newPhone);
    const letters = newEmail ? await changeEmail(context, queries, call, user, newEmail) : [];
    await audit(queries, call.origin, "user_modified", user);
    return { letters, saved: await reloadUser(queries, user.id) };
  });
  for (const letter of letters) await context.mailer.send(letter);
  return userJson(saved);
}

export async function unlinkIdentity(
  context: AuthContext,
  call: Call,
  who: SignedIn,
  identityId: string,
): Promise<object> {
  if (!context.config.enable_manual_linking)
    throw new AuthFailure(404, "manual_linking_disabled", "Manual linking is disabled");
  if (!UUID.test(identityId)) throw new AuthFailure(404, "validation_failed", "identity_id must be an UUID");
  await context.db.transaction(async (queries) => {
    // Locked first: two identities taken away in the same moment must not leave none.
    await lockUser(queries, who.user.id);
    const { identities } = await reloadUser(queries, who.user.id);
    const identity = identities.find(({ id }) => id === identityId);
    if (!identity) throw new AuthFailure(422, "identity_not_found", "Identity doesn't exist");
    if (identities.length < 2)
      throw new AuthFailure(422, "single_identity_not_deletable", "User must have at least 1 identity after unlinking");
    await queries.rows("delete from auth.identities where id = $1", [identityId]);
    await queries.rows(
      `update auth.users set raw_app_meta_data = coalesce(raw_app_meta_data, '{}') || jsonb_build_object('providers',
         (select jsonb_agg(distinct provider) from auth.identities where user_id = $1)) where id = $1`,
      [who.user.id],
    );
    await audit(queries, call.origin, "identity_unlinked", who.user, {
      identity_id: identityId,
      provider: identity.provider,
    });
  });
  return {};
}

export function linkIdentity(context: AuthContext): never {
  if (!context.config.enable_manual_linking)
    throw new AuthFailure(404, "manual_linking_disabled", "Manual linking is disabled");
  throw invalid("Unsupported provider: provider is not enabled");
}
