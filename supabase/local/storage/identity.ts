// Who asks: the role and claims that a request runs with.
import type { Caller } from "../gateway/service.ts";
import type { Claims, Tokens } from "../gateway/tokens.ts";
import { accessDenied } from "./errors.ts";

export interface Identity {
  role: string;
  claims: Claims;
}

const roles = ["anon", "authenticated", "service_role"];

export async function identify(tokens: Tokens, { bearer, key }: Caller): Promise<Identity> {
  if (bearer === null) return identityOf({ role: key === "secret" ? "service_role" : "anon" });
  return identityOf(await tokens.verify(bearer));
}

export function identityOf(claims: Claims): Identity {
  const role = String(claims.role ?? "anon");
  if (!roles.includes(role)) throw accessDenied("This role cannot use the Storage API");
  return { role, claims: { ...claims, role } };
}
