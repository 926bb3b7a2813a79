// Who a channel speaks for: the person of a token, or the bearer of a project key.
import type { ApiKeyKind } from "../gateway/service.ts";
import { TokenError, type TokenReader } from "../gateway/tokens.ts";

export interface Identity {
  role: string;
  claims: Record<string, unknown>;
  /** In milliseconds; a project key does not end. */
  expiresAt: number | null;
}

/** Refused, with the code and the sentence that a hosted project uses. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
  }
}

const roles = ["anon", "authenticated", "service_role"];

export function identityOfKey(key: ApiKeyKind): Identity {
  const role = key === "secret" ? "service_role" : "anon";
  return { role, claims: { role }, expiresAt: null };
}

/** supabase-js sends the project key in the token's place when nobody is signed in. */
export function isProjectKey(token: string): boolean {
  return token.startsWith("sb_");
}

export async function identityOfToken(reader: TokenReader, token: string): Promise<Identity> {
  const claims = await reader.verify(token).catch((error: unknown) => {
    throw asRefusal(error);
  });
  const { role, exp } = claims;
  if (typeof role !== "string" || typeof exp !== "number")
    throw new Refusal("InvalidJWTToken", "Fields `role` and `exp` are required in JWT");
  const expiresAt = exp * 1000;
  if (expiresAt <= Date.now()) throw expired(expiresAt);
  if (!roles.includes(role)) throw new Refusal("Unauthorized", "The role of this token cannot use Realtime");
  return { role, claims, expiresAt };
}

export function expired(expiresAt: number): Refusal {
  const seconds = Math.max(0, Math.round((Date.now() - expiresAt) / 1000));
  return new Refusal("InvalidJWTToken", `Token has expired ${seconds} seconds ago`);
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof TokenError)) return error;
  if (error.reason === "expired") return new Refusal("InvalidJWTToken", "Token has expired");
  if (error.reason === "signature") return new Refusal("JwtSignatureError", "Failed to validate JWT signature");
  return new Refusal("MalformedJWT", "The token provided is not a valid JWT");
}
