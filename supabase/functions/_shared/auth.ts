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

/** For what the scheduler and nobody else may call. Compared by digest, so that the time it takes tells nothing. */
export async function requireSecretKey(request: Request, secretKey: string): Promise<void> {
  const sent = request.headers.get("apikey") ?? "";
  const [left, right] = await Promise.all([digestOf(sent), digestOf(secretKey)]);
  if (left.some((byte, index) => byte !== right[index]))
    throw new FunctionError(401, "secret_key_needed", "This function is called with the project's secret key only.");
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
