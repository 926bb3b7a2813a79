// Using a one-time token: by following the link of a mail (GET, ends in a redirect) or by handing it in (POST).
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import type { Queries } from "./database.ts";
import { confirmEmailChange } from "./email-change.ts";
import { AuthFailure, asAuthFailure, invalid, unconfirmedLink, wrongCode } from "./errors.ts";
import { isStorable, type JsonObject } from "./fields.ts";
import { type FlowMethod, issueAuthCode } from "./flow-state.ts";
import { upsertIdentity } from "./identities.ts";
import { hashesFor, PKCE_PREFIX, type TakenToken, type TokenKind, takeToken } from "./one-time-tokens.ts";
import { startSession } from "./sessions.ts";
import { confirmEmail, isBanned, requireEmail, type UserRow } from "./users.ts";

const KINDS_OF_TYPE: Record<string, TokenKind[]> = {
  signup: ["confirmation_token"],
  invite: ["confirmation_token"],
  recovery: ["recovery_token"],
  magiclink: ["recovery_token"],
  email: ["confirmation_token", "recovery_token"],
  email_change: ["email_change_token_new", "email_change_token_current"],
};

const HALF_WAY = "Confirmation link accepted. Please proceed to confirm link sent to the other email";

function kindsOf(type: string): TokenKind[] {
  if (!type) throw invalid("Verify requires a verification type");
  const kinds = Object.hasOwn(KINDS_OF_TYPE, type) ? KINDS_OF_TYPE[type] : undefined;
  if (!kinds) throw invalid("Invalid email verification type");
  return kinds;
}

/** What the token stands for happens. Null: a change of address that still waits for the other mailbox. */
async function redeem(context: AuthContext, queries: Queries, call: Call, taken: TakenToken): Promise<UserRow | null> {
  const { user, kind } = taken;
  if (isBanned(user)) throw new AuthFailure(403, "user_banned", "User is banned");
  if (kind === "email_change_token_new" || kind === "email_change_token_current")
    return confirmEmailChange(context, queries, user);
  if (!user.email_confirmed_at) {
    await confirmEmail(queries, user.id);
    await upsertIdentity(queries, user.id, "email", { email: user.email, email_verified: true });
    await audit(queries, call.origin, "user_signedup", user, { provider: "email" });
  } else await audit(queries, call.origin, "login", user, { provider: "email" });
  return user;
}

function flowMethod(type: string, taken: TakenToken): FlowMethod {
  if (taken.kind === "confirmation_token") return type === "invite" ? "invite" : "email/signup";
  if (taken.kind === "recovery_token") return type === "recovery" ? "recovery" : "magiclink";
  return "email_change";
}

type Ending = { session: JsonObject } | { code: string } | { halfWay: true };

async function useToken(
  context: AuthContext,
  call: Call,
  type: string,
  token: { hashes: string[]; address: string | null },
  missing: () => AuthFailure,
): Promise<Ending> {
  const kinds = kindsOf(type);
  return context.db.transaction(async (queries) => {
    const taken = await takeToken(queries, context.config, token.hashes, kinds, token.address);
    if (!taken) throw missing();
    const user = await redeem(context, queries, call, taken);
    if (!user) return { halfWay: true };
    // A link asked for with a challenge is worth nothing to whoever intercepts it; typed codes prove the mailbox directly.
    if (call.request.method === "GET" && taken.hash.startsWith(PKCE_PREFIX))
      return { code: await issueAuthCode(queries, user.id, flowMethod(type, taken)) };
    return { session: await startSession(context, queries, user.id, "otp", call.origin) };
  });
}

export async function verifyPost(context: AuthContext, call: Call): Promise<JsonObject> {
  const { body } = call;
  const [type, token, hash] = [body.text("type"), body.text("token"), body.text("token_hash")];
  const [email, phone] = [body.text("email"), body.text("phone")];
  if (!type) throw invalid("Verify requires a verification type");
  if (Boolean(token) === Boolean(hash)) throw invalid("Verify requires either a token or a token hash");
  if (hash && (email || phone)) throw invalid("Only the token_hash and type should be provided");
  if (token && Boolean(email) === Boolean(phone))
    throw invalid("Only an email address or phone number should be provided on verify");
  // No code is ever sent to a phone from here, so none can be right.
  if (phone) throw wrongCode();
  const address = email && requireEmail(email);
  const given = hash ? { hashes: [hash], address: null } : { hashes: hashesFor(address, token), address };
  const ending = await context.throttles.verifications.check(call.origin.ip, address, () =>
    useToken(context, call, type, given, hash ? unconfirmedLink : wrongCode),
  );
  return "session" in ending ? ending.session : { msg: HALF_WAY, code: "200" };
}

const OAUTH_ERRORS: Record<number, string> = {
  401: "unauthorized_client",
  403: "access_denied",
  503: "temporarily_unavailable",
};

function errorRedirect(redirectTo: string, failure: AuthFailure, pkce: boolean): string {
  const kind = OAUTH_ERRORS[failure.status] ?? (failure.status >= 500 ? "server_error" : "invalid_request");
  const query = { error: kind, error_code: failure.code, error_description: failure.message };
  return landing(redirectTo, query, pkce);
}

/** In the fragment, which never reaches a server; clients of the PKCE flow read the query as well. */
function landing(redirectTo: string, values: Record<string, string>, pkce: boolean): string {
  const url = new URL(redirectTo);
  if (pkce) for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  url.hash = new URLSearchParams(values).toString();
  return url.href;
}

export async function verifyLink(context: AuthContext, call: Call): Promise<Response> {
  const { searchParams } = call.url;
  const token = searchParams.get("token") || searchParams.get("token_hash") || "";
  const type = searchParams.get("type") ?? "";
  const pkce = token.startsWith(PKCE_PREFIX);
  const redirect = (location: string) => new Response(null, { status: 303, headers: { location } });
  if (!type) throw invalid("Verify requires a verification type");
  if (!token || !isStorable(token)) throw invalid("Verify requires a token or a token hash");
  try {
    const ending = await context.throttles.verifications.check(call.origin.ip, "", () =>
      useToken(context, call, type, { hashes: [token], address: null }, unconfirmedLink),
    );
    if ("halfWay" in ending) return redirect(landing(call.redirectTo, { message: HALF_WAY }, pkce));
    if ("code" in ending) {
      const url = new URL(call.redirectTo);
      url.searchParams.set("code", ending.code);
      return redirect(url.href);
    }
    const { access_token, expires_at, expires_in, refresh_token, token_type } = ending.session;
    const values = { access_token, expires_at, expires_in, refresh_token, token_type, type };
    const fragment = Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]);
    return redirect(landing(call.redirectTo, Object.fromEntries(fragment), false));
  } catch (error) {
    return redirect(errorRedirect(call.redirectTo, asAuthFailure(error), pkce));
  }
}
