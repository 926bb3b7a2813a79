// Everything that asks for a mail: reset, sign-in link, another copy, a code before something sensitive.
// Known and unknown addresses get the same answers, limits and time included.
import { inEvenTime } from "./answer-time.ts";
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { sendEmailChange } from "./email-change.ts";
import { AuthFailure, invalid, signupDisabled } from "./errors.ts";
import { type Challenge, readChallenge, startFlow } from "./flow-state.ts";
import type { Letter } from "./mails.ts";
import { issueToken } from "./one-time-tokens.ts";
import { againIfTaken, createContactUser, registerByEmail } from "./signup.ts";
import { findUserByEmail, reloadUser, requireEmail, type UserRow } from "./users.ts";

const nothingToSay = {};

async function inTransaction(
  context: AuthContext,
  work: (queries: Queries) => Promise<Letter | undefined>,
): Promise<void> {
  await inEvenTime(async () => {
    const letter = await againIfTaken(() => context.db.transaction(work));
    if (letter) await context.mailer.send(letter);
  });
}

async function recoveryLetter(
  context: AuthContext,
  queries: Queries,
  call: Call,
  user: UserRow,
  kind: "recovery" | "magic_link",
  challenge: Challenge | null,
): Promise<Letter> {
  const address = user.email ?? "";
  await audit(queries, call.origin, "user_recovery_requested", user);
  const token = await issueToken(queries, context.config, user, "recovery_token", address, {
    pkce: challenge !== null,
  });
  await startFlow(queries, challenge, user.id, kind === "recovery" ? "recovery" : "magiclink");
  return { kind, to: address, user, token, redirectTo: call.redirectTo };
}

export async function requestRecovery(context: AuthContext, call: Call): Promise<object> {
  if (!call.body.text("email")) throw invalid("Password recovery requires an email");
  const challenge = readChallenge(call.body);
  const email = requireEmail(call.body.text("email"));
  context.throttles.mails.take("recovery", email);
  await inTransaction(context, async (queries) => {
    const user = await findUserByEmail(queries, email);
    return user && recoveryLetter(context, queries, call, user, "recovery", challenge);
  });
  return nothingToSay;
}

/** POST /otp and /magiclink: a link for those who are known, a sign-up for those who are not. */
export async function requestSignInLink(context: AuthContext, call: Call): Promise<object> {
  const { body } = call;
  const [given, phone] = [body.text("email"), body.text("phone")];
  if (given && phone) throw invalid("Only an email address or phone number should be provided");
  if (phone) throw new AuthFailure(400, "phone_provider_disabled", "Unsupported phone provider");
  if (!given) throw invalid("One of email or phone must be set");
  const challenge = readChallenge(body);
  const data = body.object("data") ?? {};
  const mayCreate = body.flag("create_user") ?? true;
  const email = requireEmail(given);
  const { config } = context;
  if (!config.email.enable_signup) throw new AuthFailure(422, "email_provider_disabled", "Email logins are disabled");
  context.throttles.mails.take("recovery", email);
  await inTransaction(context, async (queries) => {
    const user = await findUserByEmail(queries, email);
    if (!user && !mayCreate) throw new AuthFailure(422, "otp_disabled", "Signups not allowed for otp");
    if (!user && !config.enable_signup) throw signupDisabled();
    if (!user?.email_confirmed_at && config.email.enable_confirmations) {
      const wish = { email, passwordHash: null, data, challenge };
      return (await registerByEmail(context, queries, call, wish)).letter;
    }
    const reader = user ?? (await createContactUser(queries, { email }, null, data));
    return recoveryLetter(context, queries, call, reader, "magic_link", challenge);
  });
  return nothingToSay;
}

export async function resend(context: AuthContext, call: Call): Promise<object> {
  const { body } = call;
  const type = body.text("type");
  if (!["signup", "email_change", "sms", "phone_change"].includes(type))
    throw invalid("Missing one of these types: signup, email_change, sms, phone_change");
  if (type === "sms" || type === "phone_change") {
    if (!body.text("phone")) throw invalid("Type provided requires a phone number");
    return nothingToSay;
  }
  if (!body.text("email")) throw invalid("Type provided requires an email address");
  const challenge = readChallenge(body);
  const email = requireEmail(body.text("email"));
  context.throttles.mails.take(type === "signup" ? "confirmation" : "email_change", email);
  if (type === "signup") {
    await inTransaction(context, async (queries) => {
      const user = await findUserByEmail(queries, email);
      if (!user || user.email_confirmed_at) return undefined;
      const wish = { email, passwordHash: null, data: {}, challenge };
      return (await registerByEmail(context, queries, call, wish)).letter;
    });
    return nothingToSay;
  }
  await inEvenTime(async () => {
    const letters = await context.db.transaction(async (queries) => {
      const user = await findUserByEmail(queries, email);
      return user?.email_change ? sendEmailChange(context, queries, call, user, user.email_change, challenge) : [];
    });
    for (const letter of letters) await context.mailer.send(letter);
  });
  return nothingToSay;
}

/** A code to the mailbox of somebody who is signed in, for changes that need proof of it. */
export async function requestReauthentication(context: AuthContext, call: Call, user: UserRow): Promise<object> {
  const address = user.email;
  if (!address)
    throw new AuthFailure(
      422,
      "validation_failed",
      "Reauthentication requires the user to have an email or a phone number",
    );
  if (!user.email_confirmed_at) throw new AuthFailure(422, "email_not_confirmed", "Please verify your email first.");
  context.throttles.mails.take("reauthentication", address);
  await inTransaction(context, async (queries) => {
    await audit(queries, call.origin, "user_reauthenticate_requested", user);
    const token = await issueToken(queries, context.config, user, "reauthentication_token", address, { pkce: false });
    const saved = await reloadUser(queries, user.id);
    return { kind: "reauthentication", to: address, user: saved, token, redirectTo: call.redirectTo };
  });
  return nothingToSay;
}
