// Stands in for: the Auth service of a hosted project (GoTrue), on the same schema `auth` and behind the same API.
import { isIP } from "node:net";
import type { Caller, Service } from "../gateway/service.ts";
import type { Tokens } from "../gateway/tokens.ts";
import type { Mail } from "../mail/index.ts";
import { readAuthConfig } from "./config.ts";
import type { AuthContext, Call, Origin } from "./context.ts";
import { openDatabase } from "./database.ts";
import { asAuthFailure, errorResponse } from "./errors.ts";
import { readBody } from "./fields.ts";
import { createMailer } from "./mails.ts";
import { createRedirects } from "./redirects.ts";
import { findRoute } from "./routes.ts";
import { createThrottles } from "./throttle.ts";

export interface AuthOptions {
  /** As supabase_auth_admin. */
  databaseUrl: string;
  tokens: Tokens;
  /** The gateway's address, without a path. */
  apiUrl: string;
  /** The parsed [auth] table of supabase/config.toml. */
  config: Record<string, unknown>;
  sendMail(mail: Mail): Promise<void>;
}

const PREFIX = "/auth/v1";

export async function createAuth(options: AuthOptions): Promise<Service> {
  const config = readAuthConfig(options.config);
  const authUrl = options.apiUrl + PREFIX;
  const context: AuthContext = {
    db: openDatabase(options.databaseUrl),
    tokens: options.tokens,
    config,
    authUrl,
    mailer: createMailer(config, authUrl, options.sendMail),
    redirects: createRedirects(config.site_url, config.additional_redirect_urls),
    throttles: createThrottles(config),
  };
  return {
    async handle(request, caller) {
      try {
        return await answer(context, request, caller);
      } catch (error) {
        return errorResponse(asAuthFailure(error), request);
      }
    },
    close: () => context.db.close(),
  };
}

function originOf(request: Request, caller: Caller): Origin {
  // A listener for both families of addresses reports 127.0.0.1 as ::ffff:127.0.0.1.
  const ip = caller.ip.replace(/^::ffff:/, "");
  return { ip: isIP(ip) ? ip : "0.0.0.0", userAgent: request.headers.get("user-agent") ?? "" };
}

async function answer(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const url = new URL(request.url);
  const { handler, ids } = findRoute(request.method, url.pathname.slice(PREFIX.length));
  const call: Call = {
    request,
    url,
    body: await readBody(request),
    origin: originOf(request, caller),
    redirectTo: context.redirects.forRequest(request, url),
  };
  const result = await handler(context, call, caller, ids);
  return result instanceof Response ? result : Response.json(result);
}
