// Codes and links that work once. Each has a short code for typing and a hash for the link; only the hash is kept.
import { createHash, randomInt, randomUUID } from "node:crypto";
import type { AuthConfig } from "./config.ts";
import type { Queries } from "./database.ts";
import { selectUser, type UserRow } from "./users.ts";

interface Kind {
  column: string;
  sentAt: string;
}

const KINDS = {
  confirmation_token: { column: "confirmation_token", sentAt: "confirmation_sent_at" },
  recovery_token: { column: "recovery_token", sentAt: "recovery_sent_at" },
  email_change_token_new: { column: "email_change_token_new", sentAt: "email_change_sent_at" },
  email_change_token_current: { column: "email_change_token_current", sentAt: "email_change_sent_at" },
  reauthentication_token: { column: "reauthentication_token", sentAt: "reauthentication_sent_at" },
} satisfies Record<string, Kind>;

export type TokenKind = keyof typeof KINDS;

export interface IssuedToken {
  code: string;
  hash: string;
}

export const PKCE_PREFIX = "pkce_";

export const tokenHash = (address: string, code: string): string =>
  createHash("sha224")
    .update(address.toLowerCase() + code)
    .digest("hex");

/** A new token of a kind replaces the one before it. */
export async function issueToken(
  queries: Queries,
  config: AuthConfig,
  user: Pick<UserRow, "id">,
  kind: TokenKind,
  address: string,
  options: { pkce: boolean },
): Promise<IssuedToken> {
  const length = config.email.otp_length;
  const code = Array.from({ length }, () => randomInt(10)).join("");
  const hash = (options.pkce ? PKCE_PREFIX : "") + tokenHash(address, code);
  const { column, sentAt } = KINDS[kind];
  await queries.rows(`update auth.users set ${column} = $2, ${sentAt} = now(), updated_at = now() where id = $1`, [
    user.id,
    hash,
  ]);
  await queries.rows(
    `insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to)
     values ($1, $2, $3::auth.one_time_token_type, $4, $5)
     on conflict (user_id, token_type) do update
       set id = excluded.id, token_hash = excluded.token_hash, relates_to = excluded.relates_to,
           created_at = now(), updated_at = now()`,
    [randomUUID(), user.id, kind, hash, address],
  );
  return { code, hash };
}

/** Whoever holds a mailbox that an account has left must not come back with a link sent there before. */
export const forgetLettersToOthers = (queries: Queries, userId: string, address: string) =>
  queries.rows("delete from auth.one_time_tokens where user_id = $1 and lower(relates_to) <> lower($2)", [
    userId,
    address,
  ]);

export interface TakenToken {
  user: UserRow;
  kind: TokenKind;
  hash: string;
}

/**
 * Takes a token that is still good, so that nobody can use it again. Deleting the row is what decides between two that come at once:
 * the second waits for the first and then finds nothing. A token past its time stays untouched and counts as absent.
 * A typed code is good for its own address alone: the hash of `a@b.test` and `123` is that of `a@b.test1` and `23`, too.
 */
export async function takeToken(
  queries: Queries,
  config: AuthConfig,
  hashes: string[],
  kinds: TokenKind[],
  address: string | null,
): Promise<TakenToken | null> {
  const sentAt = `case t.token_type ${Object.entries(KINDS)
    .map(([kind, { sentAt: column }]) => `when '${kind}' then u.${column}`)
    .join(" ")} end`;
  await queries.rows(
    `select id from auth.users where id in (select user_id from auth.one_time_tokens where token_hash = any($1::text[]))
      for no key update`,
    [hashes],
  );
  const taken = await queries.row<{ user_id: string; token_type: TokenKind; token_hash: string }>(
    `delete from auth.one_time_tokens t using auth.users u
      where u.id = t.user_id and t.token_hash = any($1::text[]) and t.token_type::text = any($2::text[])
        and ($4::text is null or lower(t.relates_to) = lower($4))
        and t.created_at > localtimestamp - make_interval(secs => $3)
        and ${sentAt} > now() - make_interval(secs => $3)
      returning t.user_id, t.token_type::text as token_type, t.token_hash`,
    [hashes, kinds, config.email.otp_expiry, address],
  );
  if (!taken) return null;
  const { column } = KINDS[taken.token_type];
  await queries.rows(`update auth.users set ${column} = '' where id = $1`, [taken.user_id]);
  const user = await queries.row<UserRow>(`${selectUser} where u.id = $1`, [taken.user_id]);
  return user ? { user, kind: taken.token_type, hash: taken.token_hash } : null;
}

/** Both spellings of a hash: the same code may have been asked for by either flow. */
export const hashesFor = (address: string, code: string): string[] => {
  const hash = tokenHash(address, code);
  return [hash, PKCE_PREFIX + hash];
};
