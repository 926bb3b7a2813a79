// Access tokens as a hosted project signs them: ES256, with the public key published as a JWKS.
import { createHash } from "node:crypto";
import { exportJWK, importJWK, type JWK, errors as joseErrors, jwtVerify, SignJWT } from "jose";

export interface Claims {
  sub?: string;
  role?: string;
  aud?: string | string[];
  exp?: number;
  iat?: number;
  iss?: string;
  session_id?: string;
  [claim: string]: unknown;
}

export class TokenError extends Error {
  readonly reason: "expired" | "malformed" | "signature" | "claims";
  constructor(reason: TokenError["reason"], message: string) {
    super(message);
    this.name = "TokenError";
    this.reason = reason;
  }
}

export interface TokenReader {
  /** Signature, algorithm, expiry and not-before; throws TokenError. Says nothing about whether the session still lives. */
  verify(token: string): Promise<Claims>;
}

export interface Tokens extends TokenReader {
  sign(claims: Claims): Promise<string>;
  jwks(): { keys: JWK[] };
}

const CLOCK_TOLERANCE_SECONDS = 30;
const CACHED_TOKENS = 500;

export async function createTokens(privateJwk: JWK): Promise<Tokens> {
  const privateKey = await importJWK(privateJwk, "ES256");
  const publicPart = publicPartOf(privateJwk);
  const publicKey = await importJWK(publicPart, "ES256");
  if (publicKey instanceof Uint8Array || privateKey instanceof Uint8Array)
    throw new Error("The signing key must be an EC key.");
  const publicJwk = await exportJWK(publicKey);
  const { verify } = await createTokenReader(publicPart);
  const kid = createHash("sha256").update(JSON.stringify(publicJwk)).digest("base64url").slice(0, 22);
  const header = { alg: "ES256", typ: "JWT", kid } as const;

  return {
    sign: (claims) => new SignJWT(claims).setProtectedHeader(header).sign(privateKey),
    verify,
    jwks: () => ({ keys: [{ ...publicJwk, alg: "ES256", use: "sig", key_ops: ["verify"], kid }] }),
  };
}

export function publicPartOf({ d: _secret, ...publicPart }: JWK): JWK {
  return publicPart;
}

/** For a part that checks tokens and must not be able to make them. */
export async function createTokenReader(publicJwk: JWK): Promise<TokenReader> {
  const publicKey = await importJWK(publicJwk, "ES256");
  // Every request verifies its token; the same token comes back hundreds of times within its hour.
  const verified = new Map<string, Claims>();

  return {
    async verify(token) {
      const known = verified.get(token);
      if (known && (known.exp ?? Number.POSITIVE_INFINITY) + CLOCK_TOLERANCE_SECONDS > Date.now() / 1000) return known;
      verified.delete(token);
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: ["ES256"],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
        });
        const claims: Claims = payload;
        if (verified.size >= CACHED_TOKENS) verified.delete(verified.keys().next().value ?? "");
        verified.set(token, claims);
        return claims;
      } catch (error) {
        throw asTokenError(error);
      }
    },
  };
}

function asTokenError(error: unknown): TokenError {
  if (error instanceof joseErrors.JWTExpired) return new TokenError("expired", "JWT expired");
  if (error instanceof joseErrors.JWTClaimValidationFailed) return new TokenError("claims", error.message);
  if (error instanceof joseErrors.JWSSignatureVerificationFailed || error instanceof joseErrors.JOSEAlgNotAllowed)
    return new TokenError("signature", "JWT signature is not valid");
  return new TokenError("malformed", "JWT cannot be read");
}
