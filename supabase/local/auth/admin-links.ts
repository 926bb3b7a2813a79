// Invitations, and links an operator hands over by other means than Auth's own mails.
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { AuthFailure, emailExists, invalid } from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { type IssuedToken, issueToken, type TokenKind } from "./one-time-tokens.ts";
import { hashPassword, requireStrongPassword } from "./passwords.ts";
import { createContactUser } from "./signup.ts";
import { findUserByEmail, mergeMetadata, reloadUser, requireEmail, type UserRow, userJson } from "./users.ts";

/** Invites somebody new, or once more somebody who has not answered yet. */
async function prepareInvite(
  context: AuthContext,
  queries: Queries,
  call: Call,
  email: string,
): Promise<{ user: UserRow; token: IssuedToken }> {
  const existing = await findUserByEmail(queries, email);
  if (existing?.email_confirmed_at) throw emailExists();
  const data = call.body.object("data") ?? {};
  const user = existing ?? (await createContactUser(queries, { email }, null, data));
  if (existing) await mergeMetadata(queries, existing.id, "raw_user_meta_data", data);
  const token = await issueToken(queries, context.config, user, "confirmation_token", email, { pkce: false });
  // Anybody may have signed up with this address before: a password from somebody unproven must not outlive the invitation.
  await queries.rows("update auth.users set invited_at = now(), encrypted_password = '' where id = $1", [user.id]);
  await audit(queries, call.origin, "user_invited", null, { user_id: user.id, user_email: email });
  return { user: await reloadUser(queries, user.id), token };
}

export async function invite(context: AuthContext, call: Call): Promise<JsonObject> {
  const email = requireEmail(call.body.text("email"));
  const { user, token } = await context.db.transaction((queries) => prepareInvite(context, queries, call, email));
  await context.mailer.send({ kind: "invite", to: email, user, token, redirectTo: call.redirectTo });
  return userJson(user);
}

type LinkType = "signup" | "invite" | "magiclink" | "recovery" | "email_change_current" | "email_change_new";
const LINK_TYPES: LinkType[] = [
  "signup",
  "invite",
  "magiclink",
  "recovery",
  "email_change_current",
  "email_change_new",
];

interface Prepared {
  user: UserRow;
  token: IssuedToken;
  /** A sign-in link for somebody unknown is a sign-up. */
  type: LinkType;
}

async function prepareSignup(context: AuthContext, queries: Queries, call: Call, email: string): Promise<Prepared> {
  const existing = await findUserByEmail(queries, email);
  if (existing?.email_confirmed_at) throw emailExists();
  const data = call.body.object("data") ?? {};
  const password = call.body.text("password");
  const isMagicLink = call.body.text("type") === "magiclink";
  if (!existing && !isMagicLink) {
    if (!password) throw invalid("Signup requires a valid password");
    requireStrongPassword(password, context.config);
  }
  const hash = password && !isMagicLink ? await hashPassword(queries, password) : null;
  const user = existing ?? (await createContactUser(queries, { email }, hash, data));
  if (existing) await mergeMetadata(queries, existing.id, "raw_user_meta_data", data);
  const token = await issueToken(queries, context.config, user, "confirmation_token", email, { pkce: false });
  return { user, token, type: "signup" };
}

async function prepareEmailChange(
  context: AuthContext,
  queries: Queries,
  call: Call,
  user: UserRow,
  type: "email_change_current" | "email_change_new",
): Promise<Prepared> {
  if (type === "email_change_current" && !context.config.email.double_confirm_changes)
    throw invalid("Enable secure email change to generate link for current email");
  const newEmail = requireEmail(call.body.text("new_email"));
  if (await findUserByEmail(queries, newEmail)) throw emailExists();
  // The two links of one change belong together: only a different address starts again.
  await queries.rows(
    `update auth.users set email_change_confirm_status = 0, email_change = $2
      where id = $1 and email_change is distinct from $2`,
    [user.id, newEmail],
  );
  const [kind, address]: [TokenKind, string] =
    type === "email_change_current"
      ? ["email_change_token_current", user.email ?? ""]
      : ["email_change_token_new", newEmail];
  const token = await issueToken(queries, context.config, user, kind, address, { pkce: false });
  return { user, token, type };
}

async function prepareLink(
  context: AuthContext,
  queries: Queries,
  call: Call,
  type: LinkType,
  email: string,
): Promise<Prepared> {
  if (type === "invite") return { ...(await prepareInvite(context, queries, call, email)), type };
  if (type === "signup") return prepareSignup(context, queries, call, email);
  const user = await findUserByEmail(queries, email);
  if (!user && type === "magiclink") return prepareSignup(context, queries, call, email);
  if (!user) throw new AuthFailure(404, "user_not_found", "User with this email not found");
  if (type === "magiclink" || type === "recovery") {
    const token = await issueToken(queries, context.config, user, "recovery_token", email, { pkce: false });
    return { user, token, type };
  }
  return prepareEmailChange(context, queries, call, user, type);
}

function redirectFor(context: AuthContext, call: Call): string {
  const asked = call.body.text("redirect_to");
  return asked && context.redirects.isAllowed(asked) ? asked : call.redirectTo;
}

export async function generateLink(context: AuthContext, call: Call): Promise<JsonObject> {
  const wanted = call.body.text("type");
  const type = LINK_TYPES.find((known) => known === wanted);
  const email = requireEmail(call.body.text("email"));
  if (!type) throw invalid(`Invalid email action link type requested: ${wanted}`);
  const redirectTo = redirectFor(context, call);
  const { user, prepared } = await context.db.transaction(async (queries) => {
    const prepared = await prepareLink(context, queries, call, type, email);
    await audit(queries, call.origin, "generate_link", null, { user_id: prepared.user.id, link_type: prepared.type });
    return { prepared, user: await reloadUser(queries, prepared.user.id) };
  });
  const verifyType = prepared.type.startsWith("email_change") ? "email_change" : prepared.type;
  return {
    ...userJson(user),
    action_link: context.mailer.verifyLink(verifyType, prepared.token.hash, redirectTo),
    email_otp: prepared.token.code,
    hashed_token: prepared.token.hash,
    redirect_to: redirectTo,
    verification_type: prepared.type,
  };
}
