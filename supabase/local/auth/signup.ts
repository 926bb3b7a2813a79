// Signing up: with e-mail or phone and password, or anonymously.
import { randomUUID } from "node:crypto";
import { inEvenTime } from "./answer-time.ts";
import { audit } from "./audit.ts";
import type { AuthContext, Call, Origin } from "./context.ts";
import type { Queries } from "./database.ts";
import {
  AuthFailure,
  invalid,
  isUniqueViolation,
  savingUserFailed,
  signupDisabled,
  tooManyRequests,
} from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { type Challenge, readChallenge, startFlow } from "./flow-state.ts";
import { identityData, insertIdentity } from "./identities.ts";
import type { Letter } from "./mails.ts";
import { issueToken } from "./one-time-tokens.ts";
import { hashPassword, requireStrongPassword } from "./passwords.ts";
import { startSession } from "./sessions.ts";
import {
  AUDIENCE,
  confirmEmail,
  findUserByEmail,
  findUserByPhone,
  insertUser,
  type NewUser,
  reloadUser,
  requireEmail,
  requirePhone,
  type UserRow,
  userJson,
} from "./users.ts";

const alreadyRegistered = () => new AuthFailure(422, "user_already_exists", "User already registered");

/** Inserts a user; a trigger of the product that refuses it is a failure of ours that says no more than that. */
export async function saveNewUser(queries: Queries, user: NewUser): Promise<string> {
  try {
    return await insertUser(queries, user);
  } catch (error) {
    if (isUniqueViolation(error, "users_email_partial_key") || isUniqueViolation(error, "users_phone_key")) throw error;
    if (isUniqueViolation(error, "users_pkey"))
      throw new AuthFailure(422, "conflict", "A user with this id already exists");
    console.error("auth:", error);
    throw savingUserFailed();
  }
}

/** What somebody says about themselves at sign-up, and what Auth knows, in the one place clients read both from. */
export async function createContactUser(
  queries: Queries,
  contact: { email: string } | { phone: string },
  passwordHash: string | null,
  data: JsonObject,
): Promise<UserRow> {
  const provider = "email" in contact ? "email" : "phone";
  const id = randomUUID();
  const known = identityData(id, contact, data);
  await saveNewUser(queries, {
    id,
    ...contact,
    passwordHash,
    appMetadata: { provider, providers: [provider] },
    userMetadata: known,
  });
  await insertIdentity(queries, id, provider, known);
  return reloadUser(queries, id);
}

interface Wish {
  email: string;
  passwordHash: string | null;
  data: JsonObject;
  challenge: Challenge | null;
}

type Outcome = { answer: JsonObject; letter?: Letter };

/** The first half of an e-mail sign-up: whatever is to be mailed is mailed by the caller once this is committed. */
export async function registerByEmail(
  context: AuthContext,
  queries: Queries,
  call: Call,
  wish: Wish,
): Promise<Outcome> {
  const existing = await findUserByEmail(queries, wish.email);
  const mustConfirm = context.config.email.enable_confirmations;
  if (existing && (existing.email_confirmed_at || !mustConfirm)) {
    await audit(queries, call.origin, "user_repeated_signup", existing);
    if (!mustConfirm) throw alreadyRegistered();
    return { answer: strangerJson(wish.email, wish.data) };
  }
  const user = existing ?? (await createContactUser(queries, { email: wish.email }, wish.passwordHash, wish.data));
  if (!mustConfirm) {
    await confirmEmail(queries, user.id);
    await audit(queries, call.origin, "user_signedup", user, { provider: "email" });
    return { answer: await startSession(context, queries, user.id, "password", call.origin) };
  }
  await audit(queries, call.origin, "user_confirmation_requested", user, { provider: "email" });
  const token = await issueToken(queries, context.config, user, "confirmation_token", wish.email, {
    pkce: wish.challenge !== null,
  });
  await startFlow(queries, wish.challenge, user.id, "email/signup");
  const saved = await reloadUser(queries, user.id);
  return {
    // What an operator noted about somebody invited is not for whoever knows their address.
    answer: { ...userJson(saved), ...(saved.invited_at && { user_metadata: {}, identities: [] }) },
    letter: { kind: "confirmation", to: wish.email, user: saved, token, redirectTo: call.redirectTo },
  };
}

/** The answer for an address that is taken: a user as a new one would look, so that nobody learns who has an account. */
function strangerJson(email: string, data: JsonObject): JsonObject {
  const now = new Date().toISOString();
  return {
    id: randomUUID(),
    aud: AUDIENCE,
    role: "",
    email,
    phone: "",
    confirmation_sent_at: now,
    app_metadata: { provider: "email", providers: ["email"] },
    user_metadata: data,
    identities: [],
    created_at: now,
    updated_at: now,
    is_anonymous: false,
  };
}

/** When somebody else takes the address in the same moment, the second look finds it taken. */
export const againIfTaken = <T>(register: () => Promise<T>): Promise<T> =>
  register().catch((error: unknown) => {
    if (isUniqueViolation(error, "users_email_partial_key")) return register();
    throw error;
  });

export async function signUp(context: AuthContext, call: Call): Promise<JsonObject> {
  const { config, db } = context;
  const { body } = call;
  const [email, phone] = [body.text("email"), body.text("phone")];
  if (!email && !phone) return signUpAnonymously(context, call);
  if (!config.enable_signup) throw signupDisabled();
  const password = body.text("password");
  if (!password) throw invalid("Signup requires a valid password");
  if (email && phone) throw invalid("Only an email address or phone number should be provided on signup.");
  requireStrongPassword(password, config);
  const challenge = readChallenge(body);
  const data = body.object("data") ?? {};
  if (phone) return signUpByPhone(context, call.origin, requirePhone(phone), password, data);

  if (!config.email.enable_signup) throw new AuthFailure(400, "email_provider_disabled", "Email signups are disabled");
  const address = requireEmail(email);
  if (config.email.enable_confirmations) context.throttles.mails.take("confirmation", address);
  // Hashed before the address is looked up: a taken one must not answer sooner.
  const passwordHash = await hashPassword(db, password);
  const wish = { email: address, passwordHash, data, challenge };
  const register = () => db.transaction((queries) => registerByEmail(context, queries, call, wish));
  return inEvenTime(async () => {
    const outcome = await againIfTaken(register);
    if (outcome.letter) await context.mailer.send(outcome.letter);
    return outcome.answer;
  });
}

async function signUpByPhone(
  context: AuthContext,
  origin: Origin,
  phone: string,
  password: string,
  data: JsonObject,
): Promise<JsonObject> {
  const { sms } = context.config;
  // Text messages need a provider, which this machine does not have: phones sign up unconfirmed or not at all.
  if (!sms.enable_signup || sms.enable_confirmations)
    throw new AuthFailure(400, "phone_provider_disabled", "Phone signups are disabled");
  return context.db.transaction(async (queries) => {
    if (await findUserByPhone(queries, phone)) throw alreadyRegistered();
    const hash = await hashPassword(queries, password);
    const user = await createContactUser(queries, { phone }, hash, data);
    await queries.rows("update auth.users set phone_confirmed_at = now() where id = $1", [user.id]);
    await audit(queries, origin, "user_signedup", user, { provider: "phone" });
    return startSession(context, queries, user.id, "password", origin);
  });
}

async function signUpAnonymously(context: AuthContext, call: Call): Promise<JsonObject> {
  if (!context.config.enable_anonymous_sign_ins)
    throw new AuthFailure(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled");
  if (!context.config.enable_signup) throw signupDisabled();
  const data = call.body.object("data") ?? {};
  if (!context.throttles.anonymousUsers.has(call.origin.ip)) throw tooManyRequests();
  context.throttles.anonymousUsers.take(call.origin.ip);
  return context.db.transaction(async (queries) => {
    const id = await saveNewUser(queries, { appMetadata: {}, userMetadata: data, isAnonymous: true });
    await audit(queries, call.origin, "user_signedup", await reloadUser(queries, id), { provider: "anonymous" });
    return startSession(context, queries, id, "anonymous", call.origin);
  });
}
