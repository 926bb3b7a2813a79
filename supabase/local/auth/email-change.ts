// Changing the e-mail address: with double confirmation both mailboxes must agree before anything changes.
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { emailExists } from "./errors.ts";
import { type Challenge, startFlow } from "./flow-state.ts";
import { upsertIdentity } from "./identities.ts";
import type { Letter } from "./mails.ts";
import { forgetLettersToOthers, issueToken } from "./one-time-tokens.ts";
import { confirmEmail, findUserByEmail, mergeMetadata, recordProvider, reloadUser, type UserRow } from "./users.ts";

export async function sendEmailChange(
  context: AuthContext,
  queries: Queries,
  call: Call,
  user: UserRow,
  newEmail: string,
  challenge: Challenge | null,
): Promise<Letter[]> {
  const { config } = context;
  const pkce = challenge !== null;
  await queries.rows("update auth.users set email_change = $2, email_change_confirm_status = 0 where id = $1", [
    user.id,
    newEmail,
  ]);
  // Links of an earlier wish would otherwise confirm this one.
  await queries.rows(
    `delete from auth.one_time_tokens
      where user_id = $1 and token_type in ('email_change_token_new', 'email_change_token_current')`,
    [user.id],
  );
  await startFlow(queries, challenge, user.id, "email_change");
  const letter = { kind: "email_change" as const, user, newEmail, redirectTo: call.redirectTo };
  const letters: Letter[] = [];
  if (config.email.double_confirm_changes && user.email) {
    const token = await issueToken(queries, config, user, "email_change_token_current", user.email, { pkce });
    letters.push({ ...letter, to: user.email, token });
  }
  const token = await issueToken(queries, config, user, "email_change_token_new", newEmail, { pkce });
  letters.push({ ...letter, to: newEmail, token });
  return letters;
}

/** One mailbox has agreed. Answers the changed user, or null while the other mailbox has still to agree. */
export async function confirmEmailChange(
  context: AuthContext,
  queries: Queries,
  user: UserRow,
): Promise<UserRow | null> {
  const newEmail = user.email_change;
  if (!newEmail) return null;
  const needsBoth = context.config.email.double_confirm_changes && Boolean(user.email);
  if (needsBoth) {
    // Counted by the database, so that both mailboxes agreeing in the same moment are two confirmations.
    const counted = await queries.row<{ status: number }>(
      `update auth.users set email_change_confirm_status = email_change_confirm_status + 1, updated_at = now()
        where id = $1 returning email_change_confirm_status as status`,
      [user.id],
    );
    if ((counted?.status ?? 0) < 2) return null;
  }
  await applyEmailChange(queries, user.id, newEmail);
  return reloadUser(queries, user.id);
}

export async function applyEmailChange(queries: Queries, userId: string, newEmail: string): Promise<void> {
  const holder = await findUserByEmail(queries, newEmail);
  if (holder && holder.id !== userId) throw emailExists();
  await queries.rows(
    `update auth.users set email = $2, email_change = '', email_change_token_new = '', email_change_token_current = '',
       email_change_confirm_status = 0, updated_at = now() where id = $1`,
    [userId, newEmail],
  );
  await queries.rows(
    `delete from auth.one_time_tokens
      where user_id = $1 and token_type in ('email_change_token_new', 'email_change_token_current')`,
    [userId],
  );
  await forgetLettersToOthers(queries, userId, newEmail);
  await confirmEmail(queries, userId);
  await upsertIdentity(queries, userId, "email", { email: newEmail, email_verified: true });
  await mergeMetadata(queries, userId, "raw_user_meta_data", { email: newEmail });
  await recordProvider(queries, userId, "email");
}
