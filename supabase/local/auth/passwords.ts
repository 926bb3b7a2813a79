// What a password must be, how it is kept (bcrypt, computed by Postgres), and how it is compared.
import type { AuthConfig } from "./config.ts";
import type { Queries } from "./database.ts";
import { AuthFailure, invalid } from "./errors.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const SYMBOLS = "!@#$%^&*()_+-=[]{};'\\:\"|<>?,./`~";

const CHARACTER_SETS: Record<AuthConfig["password_requirements"], string[]> = {
  "": [],
  letters_digits: [LOWER + UPPER, DIGITS],
  lower_upper_letters_digits: [LOWER, UPPER, DIGITS],
  lower_upper_letters_digits_symbols: [LOWER, UPPER, DIGITS, SYMBOLS],
};

// bcrypt reads 72 bytes and ignores the rest: two long passwords that differ later would be the same one.
const MAX_BYTES = 72;
const COST = 10;

type Policy = Pick<AuthConfig, "minimum_password_length" | "password_requirements">;

export interface Weakness {
  reasons: string[];
  message: string;
}

export function passwordWeakness(password: string, policy: Policy): Weakness | null {
  const reasons: string[] = [];
  const messages: string[] = [];
  if (Buffer.byteLength(password) < policy.minimum_password_length) {
    reasons.push("length");
    messages.push(`Password should be at least ${policy.minimum_password_length} characters.`);
  }
  const sets = CHARACTER_SETS[policy.password_requirements];
  if (!sets.every((set) => [...set].some((character) => password.includes(character)))) {
    reasons.push("characters");
    messages.push(`Password should contain at least one character of each: ${sets.join(", ")}.`);
  }
  return reasons.length > 0 ? { reasons, message: messages.join(" ") } : null;
}

export function requireStrongPassword(password: string, policy: Policy): void {
  if (Buffer.byteLength(password) > MAX_BYTES) throw invalid(`Password cannot be longer than ${MAX_BYTES} characters`);
  const weakness = passwordWeakness(password, policy);
  if (weakness) throw new AuthFailure(422, "weak_password", weakness.message, weakness.reasons);
}

export async function hashPassword(queries: Queries, password: string): Promise<string> {
  const row = await queries.row<{ hash: string }>(
    "select extensions.crypt($1, extensions.gen_salt('bf', $2::integer)) as hash",
    [password, COST],
  );
  return row?.hash ?? "";
}

const BCRYPT = /^\$2[aby]\$(?:0[4-9]|1\d|2\d|3[01])\$[./A-Za-z0-9]{53}$/;

export function requireBcryptHash(hash: string): string {
  if (!BCRYPT.test(hash))
    throw invalid(
      "The password hash must be a bcrypt hash. Argon2 and Firebase scrypt hashes cannot be imported here.",
    );
  return hash;
}

// Nobody's password. Compared against when there is no user, so that the answer takes as long as for a known address.
const NO_ONES_HASH = "$2a$10$6GC3GYMs2DOZ0iCavEzsCOMsq22Kk0oC4xSqi7Gg8ImjX8V8LgmqK";

export async function passwordMatches(queries: Queries, password: string, hash: string | null): Promise<boolean> {
  // pgcrypto knows bcrypt as $2a$ only; $2b$ and $2y$ name the same computation.
  const usable = hash !== null && BCRYPT.test(hash);
  const known = usable ? hash.replace(/^\$2[by]\$/, "$2a$") : NO_ONES_HASH;
  const tooLong = Buffer.byteLength(password) > MAX_BYTES;
  const row = await queries.row<{ matches: boolean }>("select extensions.crypt($1, $2) = $2 as matches", [
    tooLong ? "" : password,
    known,
  ]);
  return row?.matches === true && usable && !tooLong;
}

/** A changed password ends what the old one had started: pending links and, but for `keepSession`, all sessions. */
export async function storePassword(
  queries: Queries,
  userId: string,
  hash: string,
  keepSession: string | null,
): Promise<void> {
  await queries.rows(
    `update auth.users set encrypted_password = $2, confirmation_token = '', recovery_token = '',
       email_change_token_current = '', email_change_token_new = '', reauthentication_token = '', confirmation_sent_at = null,
       recovery_sent_at = null, email_change_sent_at = null, reauthentication_sent_at = null, updated_at = now()
     where id = $1`,
    [userId, hash],
  );
  await queries.rows("delete from auth.one_time_tokens where user_id = $1", [userId]);
  await queries.rows("delete from auth.sessions where user_id = $1 and id is distinct from $2", [userId, keepSession]);
}
