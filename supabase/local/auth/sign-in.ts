// POST /token: every way to get a session from something one knows or holds.
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import { AuthFailure, invalid, wrongCredentials } from "./errors.ts";
import type { JsonObject } from "./fields.ts";
import { takeFlow } from "./flow-state.ts";
import { passwordMatches, passwordWeakness } from "./passwords.ts";
import { refreshGrant } from "./refresh.ts";
import { startSession } from "./sessions.ts";
import { findUserByEmail, findUserByPhone, isBanned, requirePhone, type UserRow } from "./users.ts";

const banned = () => new AuthFailure(400, "user_banned", "User is banned");

async function findAccount(context: AuthContext, call: Call): Promise<{ account: string; user: UserRow | undefined }> {
  const [email, phone] = [call.body.text("email"), call.body.text("phone")];
  if (email && phone) throw invalid("Only an email address or phone number should be provided on login.");
  if (email) {
    if (!context.config.email.enable_signup)
      throw new AuthFailure(400, "email_provider_disabled", "Email logins are disabled");
    const account = email.toLowerCase();
    return { account, user: await findUserByEmail(context.db, account) };
  }
  if (!phone) throw invalid("missing email or phone");
  if (!context.config.sms.enable_signup)
    throw new AuthFailure(400, "phone_provider_disabled", "Phone logins are disabled");
  const account = requirePhone(phone);
  return { account, user: await findUserByPhone(context.db, account) };
}

async function passwordGrant(context: AuthContext, call: Call): Promise<JsonObject> {
  const password = call.body.text("password");
  const { account, user } = await findAccount(context, call);
  return context.throttles.signIns.check(call.origin.ip, account, async () => {
    const matches = await passwordMatches(context.db, password, user?.encrypted_password ?? null);
    if (!user || !matches) throw wrongCredentials();
    if (isBanned(user)) throw banned();
    if (call.body.text("email") && !user.email_confirmed_at)
      throw new AuthFailure(400, "email_not_confirmed", "Email not confirmed");
    if (call.body.text("phone") && !user.phone_confirmed_at)
      throw new AuthFailure(400, "phone_not_confirmed", "Phone not confirmed");
    const session = await context.db.transaction(async (queries) => {
      // Comparing takes a while; a password that was changed meanwhile opens no session that outlives the change.
      const unchanged = await queries.row(
        "select id from auth.users where id = $1 and encrypted_password = $2 for no key update",
        [user.id, user.encrypted_password],
      );
      if (!unchanged) throw wrongCredentials();
      await audit(queries, call.origin, "login", user, { provider: call.body.text("email") ? "email" : "phone" });
      return startSession(context, queries, user.id, "password", call.origin);
    });
    const weakness = passwordWeakness(password, context.config);
    return weakness ? { ...session, weak_password: weakness } : session;
  });
}

async function pkceGrant(context: AuthContext, call: Call): Promise<JsonObject> {
  const [code, verifier] = [call.body.text("auth_code"), call.body.text("code_verifier")];
  if (!code || !verifier) throw invalid("invalid request: both auth code and code verifier should be non-empty");
  return context.db.transaction(async (queries) => {
    const { userId, method } = await takeFlow(queries, code, verifier);
    const user = await queries.row<UserRow>("select * from auth.users where id = $1", [userId]);
    if (!user) throw new AuthFailure(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
    if (isBanned(user)) throw banned();
    await audit(queries, call.origin, "login", user, { provider_type: "email" });
    return startSession(context, queries, userId, method, call.origin);
  });
}

const ISSUERS: Record<string, string> = {
  apple: "https://appleid.apple.com",
  azure: "https://login.microsoftonline.com",
  facebook: "https://www.facebook.com",
  google: "https://accounts.google.com",
  kakao: "https://kauth.kakao.com",
};

function refuseIdToken({ body }: Call): never {
  const [provider, token, issuer] = [body.text("provider"), body.text("id_token"), body.text("issuer")];
  if (!token) throw invalid("id_token required");
  if (!provider && !(body.text("client_id") && issuer)) throw invalid("provider or client_id and issuer required");
  const named = issuer || (Object.hasOwn(ISSUERS, provider) ? ISSUERS[provider] : provider);
  throw new AuthFailure(400, "provider_disabled", `Provider (issuer "${named}") is not enabled`);
}

export async function issueSession(context: AuthContext, call: Call): Promise<JsonObject> {
  switch (call.url.searchParams.get("grant_type")) {
    case "password":
      return passwordGrant(context, call);
    case "refresh_token":
      return refreshGrant(context, call);
    case "pkce":
      return pkceGrant(context, call);
    case "id_token":
      return refuseIdToken(call);
    case "web3":
      throw new AuthFailure(422, "web3_provider_disabled", "Web3 provider is disabled");
    default:
      throw new AuthFailure(400, "invalid_credentials", "unsupported_grant_type");
  }
}
