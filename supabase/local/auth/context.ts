// What every part of the Auth service works with.
import type { Tokens } from "../gateway/tokens.ts";
import type { AuthConfig } from "./config.ts";
import type { Database } from "./database.ts";
import type { Fields } from "./fields.ts";
import type { Mailer } from "./mails.ts";
import type { Redirects } from "./redirects.ts";
import type { Throttles } from "./throttle.ts";

export interface AuthContext {
  db: Database;
  tokens: Tokens;
  config: AuthConfig;
  /** Where clients reach this service: the gateway's address with /auth/v1. */
  authUrl: string;
  mailer: Mailer;
  redirects: Redirects;
  throttles: Throttles;
}

/** Where a request comes from, for sessions, audit entries and throttling. */
export interface Origin {
  ip: string;
  userAgent: string;
}

/** One request as the handlers see it: the body is read, the redirect is already one that is allowed. */
export interface Call {
  request: Request;
  url: URL;
  body: Fields;
  origin: Origin;
  redirectTo: string;
}
