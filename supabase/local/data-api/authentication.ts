// Who asks: the role and claims of a request, from its key or its token.
import type { Caller } from "../gateway/service.ts";
import { type Claims, TokenError, type Tokens } from "../gateway/tokens.ts";
import { ApiError, invalidClaims, undecodableToken, unknownRole } from "./errors.ts";

export interface Identity {
  role: string;
  claims: Claims;
}

const ANONYMOUS = "anon";
const SECRET_ROLE = "service_role";

export async function identify(tokens: Tokens, { bearer, key }: Caller): Promise<Identity> {
  if (bearer === null) {
    const role = key === "secret" ? SECRET_ROLE : ANONYMOUS;
    return { role, claims: { role } };
  }
  if (bearer === "") throw undecodableToken("Empty JWT is sent in Authorization header");
  const parts = bearer.split(".").length;
  if (parts !== 3) throw undecodableToken(`Expected 3 parts in JWT; got ${parts}`);
  try {
    const claims = await tokens.verify(bearer);
    const role = String(claims.role ?? ANONYMOUS);
    // Postgres takes this name for the login itself.
    if (role === "none") throw unknownRole(role);
    return { role, claims: { ...claims, role } };
  } catch (error) {
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof TokenError)) throw error;
  switch (error.reason) {
    case "expired":
      return invalidClaims("JWT expired");
    case "claims":
      return invalidClaims(error.message.includes("nbf") ? "JWT not yet valid" : "Parsing claims failed");
    case "signature":
      return undecodableToken("No suitable key or wrong key type", "None of the keys was able to decode the JWT");
    case "malformed":
      return undecodableToken("JWT cryptographic operation failed");
  }
}
