// Which path and method does what, and for whom.
import type { Caller } from "../gateway/service.ts";
import { linkIdentity, unlinkIdentity, updateUser } from "./account.ts";
import { generateLink, invite } from "./admin-links.ts";
import {
  createUser,
  deleteFactor,
  deleteUser,
  getUser,
  listFactors,
  listUsers,
  updateUserById,
} from "./admin-users.ts";
import { audit } from "./audit.ts";
import type { AuthContext, Call } from "./context.ts";
import { AuthFailure, invalid } from "./errors.ts";
import { requestReauthentication, requestRecovery, requestSignInLink, resend } from "./mail-requests.ts";
import { challengeFactor, enrollFactor, unenrollFactor, verifyFactor } from "./mfa.ts";
import { endSessions, requireAdmin, requireUser, type SignedIn, type SignOutScope } from "./sessions.ts";
import { settings } from "./settings.ts";
import { issueSession } from "./sign-in.ts";
import { signUp } from "./signup.ts";
import { userJson } from "./users.ts";
import { verifyLink, verifyPost } from "./verify.ts";

/** An object is answered as JSON; a handler with a status or headers of its own makes the response itself. */
type Answer = object | Response;
type Handler = (context: AuthContext, call: Call, caller: Caller, ids: string[]) => Promise<Answer> | Answer;

const asUser =
  (handler: (context: AuthContext, call: Call, who: SignedIn, ids: string[]) => Promise<Answer> | Answer): Handler =>
  async (context, call, caller, ids) =>
    handler(context, call, await requireUser(context, caller), ids);

const asAdmin =
  (handler: (context: AuthContext, call: Call, ids: string[]) => Promise<Answer> | Answer): Handler =>
  async (context, call, caller, ids) => {
    await requireAdmin(context, caller);
    return handler(context, call, ids);
  };

const SCOPES: SignOutScope[] = ["global", "local", "others"];

async function signOut(context: AuthContext, call: Call, who: SignedIn): Promise<Response> {
  const asked = call.url.searchParams.get("scope") || "global";
  const scope = SCOPES.find((known) => known === asked);
  if (!scope) throw invalid(`Unsupported logout scope "${asked}"`);
  await context.db.transaction(async (queries) => {
    await audit(queries, call.origin, "logout", who.user);
    await endSessions(queries, who.user.id, who.sessionId, scope);
  });
  return new Response(null, { status: 204 });
}

const ssoDisabled: Handler = () => {
  throw new AuthFailure(404, "saml_provider_disabled", "SAML 2.0 is disabled");
};

const noRecoveryCodes = (what: "enroll" | "verify") =>
  asUser(() => {
    const action = what === "enroll" ? "enroll is" : "verification is";
    throw new AuthFailure(422, `mfa_recovery_codes_${what}_not_enabled`, `MFA ${action} disabled for recovery codes`);
  });

const unsupportedProvider: Handler = () => {
  throw invalid("Unsupported provider: provider is not enabled");
};

const at = (ids: string[], index: number) => ids[index] ?? "";

/** `:id` stands for one part of the path. */
const ROUTES: Record<string, Handler> = {
  "GET /health": () => ({
    version: "v2.180.0",
    name: "GoTrue",
    description: "GoTrue is a user registration and authentication API",
  }),
  "GET /settings": (context) => settings(context.config),
  "GET /.well-known/jwks.json": (context) =>
    Response.json(context.tokens.jwks(), { headers: { "cache-control": "public, max-age=600" } }),
  "GET /authorize": unsupportedProvider,
  "POST /sso": ssoDisabled,

  "POST /signup": signUp,
  "POST /token": issueSession,
  "POST /recover": requestRecovery,
  "POST /magiclink": requestSignInLink,
  "POST /otp": requestSignInLink,
  "POST /resend": resend,
  "GET /verify": verifyLink,
  "POST /verify": verifyPost,

  "POST /logout": asUser(signOut),
  "GET /reauthenticate": asUser((context, call, who) => requestReauthentication(context, call, who.user)),
  "GET /user": asUser((_context, _call, who) => userJson(who.user)),
  "PUT /user": asUser(updateUser),
  "GET /user/identities/authorize": asUser((context) => linkIdentity(context)),
  "DELETE /user/identities/:id": asUser((context, call, who, ids) => unlinkIdentity(context, call, who, at(ids, 0))),
  "POST /factors": asUser(enrollFactor),
  "GET /factors/recovery-codes": noRecoveryCodes("enroll"),
  "POST /factors/recovery-codes": noRecoveryCodes("enroll"),
  "DELETE /factors/recovery-codes": noRecoveryCodes("enroll"),
  "POST /factors/recovery-codes/regenerate": noRecoveryCodes("enroll"),
  "POST /factors/recovery-codes/verify": noRecoveryCodes("verify"),
  "POST /factors/:id/challenge": asUser((context, call, who, ids) => challengeFactor(context, call, who, at(ids, 0))),
  "POST /factors/:id/verify": asUser((context, call, who, ids) => verifyFactor(context, call, who, at(ids, 0))),
  "DELETE /factors/:id": asUser((context, call, who, ids) => unenrollFactor(context, call, who, at(ids, 0))),

  "POST /invite": asAdmin(invite),
  "POST /admin/generate_link": asAdmin(generateLink),
  "GET /admin/users": asAdmin(listUsers),
  "POST /admin/users": asAdmin(createUser),
  "GET /admin/users/:id": asAdmin((context, _call, ids) => getUser(context, at(ids, 0))),
  "PUT /admin/users/:id": asAdmin((context, call, ids) => updateUserById(context, call, at(ids, 0))),
  "DELETE /admin/users/:id": asAdmin((context, call, ids) => deleteUser(context, call, at(ids, 0))),
  "GET /admin/users/:id/factors": asAdmin((context, _call, ids) => listFactors(context, at(ids, 0))),
  "DELETE /admin/users/:id/factors/:id": asAdmin((context, call, ids) =>
    deleteFactor(context, call, at(ids, 0), at(ids, 1)),
  ),
};

const routes = Object.entries(ROUTES).map(([route, handler]) => {
  const [method = "", path = ""] = route.split(" ");
  const source = path.replace(/[.]/g, "\\.").replaceAll(":id", "([^/]+)");
  return { method, path: new RegExp(`^${source}/?$`), fixed: !path.includes(":id"), handler };
});

export function findRoute(method: string, path: string): { handler: Handler; ids: string[] } {
  const atPath = routes.filter((route) => route.path.test(path));
  if (atPath.length === 0) throw new AuthFailure(404, "not_found", "There is nothing at this address of the Auth API.");
  const fitting = atPath.filter((route) => route.method === method || (route.method === "GET" && method === "HEAD"));
  const route = fitting.find(({ fixed }) => fixed) ?? fitting[0];
  if (!route) throw new AuthFailure(405, "method_not_allowed", `${method} is not possible at this address.`);
  return { handler: route.handler, ids: route.path.exec(path)?.slice(1) ?? [] };
}
