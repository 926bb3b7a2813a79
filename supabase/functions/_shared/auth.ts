// Who is asking. The platform has checked the token's signature before the function runs (`verify_jwt`), and Postgres checks it
// again whenever it is used: a function only hands it on.
import { FunctionError } from "./errors.ts";

export interface Caller {
  token: string;
}

export function callerOf(request: Request): Caller {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  // A project key says which app is asking, not who.
  if (!token || token.startsWith("sb_")) throw signInFirst();
  return { token };
}

export function signInFirst(): FunctionError {
  return new FunctionError(401, "not_signed_in", "Please sign in first.");
}
