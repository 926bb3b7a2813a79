// `verify_jwt`: what the platform checks before a function sees the request. The project's keys are no tokens: a signed-in
// person's token is wanted.
import type { Tokens } from "../gateway/tokens.ts";
import { type Refusal, unauthorized } from "./answers.ts";

const bearerJwt = /^Bearer\s+([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Null when the request may pass. */
export async function refusalOf(request: Request, tokens: Tokens): Promise<Refusal | null> {
  const authorization = request.headers.get("authorization");
  if (!authorization) return unauthorized("NO_AUTH_HEADER", "Missing authorization header");
  const token = bearerJwt.exec(authorization)?.[1];
  const algorithm = token && algorithmOf(token);
  if (!token || !algorithm) return unauthorized("INVALID_JWT_FORMAT", "Invalid JWT");
  if (algorithm === "HS256") return unauthorized("LEGACY_JWT", "Invalid JWT");
  if (algorithm !== "ES256" && algorithm !== "RS256")
    return unauthorized("UNSUPPORTED_TOKEN_ALGORITHM", `Unsupported JWT algorithm ${algorithm}`);
  try {
    await tokens.verify(token);
    return null;
  } catch {
    return unauthorized("ASYMMETRIC_JWT", "Invalid JWT");
  }
}

function algorithmOf(token: string): string | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());
    if (typeof header !== "object" || header === null || !("alg" in header)) return null;
    return typeof header.alg === "string" ? header.alg : null;
  } catch {
    return null;
  }
}
