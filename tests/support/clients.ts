// Real clients for the people of a test world: signed in over HTTP once, and a plain request where the wire itself is looked at.
import { createClient, type RealtimeClientOptions, type SupabaseClient } from "@supabase/supabase-js";
import { stack } from "./stack.ts";
import { type Persona, WORLD_PASSWORD } from "./world.ts";

const tokens = new Map<string, Promise<string>>();

async function signIn(email: string, password: string): Promise<string> {
  const { apiUrl, publishableKey } = stack();
  const answer = await fetch(`${apiUrl}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { apikey: publishableKey, "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { access_token: token } = await answer.json();
  if (typeof token !== "string") throw new Error(`${email} cannot sign in: ${answer.status}`);
  return token;
}

/** Somebody of the test world, or a person made for one test, with a password of their own. */
type Who = Pick<Persona, "email"> & { password?: string };

export function tokenOf({ email, password = WORLD_PASSWORD }: Who): Promise<string> {
  const known = tokens.get(email);
  if (known) return known;
  const token = signIn(email, password);
  tokens.set(email, token);
  return token;
}

export const demoToken = (email: string): Promise<string> => tokenOf({ email, password: "workspace-demo" });

/** supabase-js as the app uses it; without a person it is somebody who has not signed in. */
export function clientOf(who: Who | null, realtime: RealtimeClientOptions = {}): SupabaseClient {
  const { apiUrl, publishableKey } = stack();
  return createClient(apiUrl, publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime,
    ...(who && { accessToken: () => tokenOf(who) }),
  });
}

export interface Answer {
  status: number;
  body: string;
  headers: Headers;
}

/** A request to the Data API as it goes over the wire; the path begins after the service's prefix. */
export async function request(
  who: Pick<Persona, "email"> | null,
  path: string,
  init: RequestInit & { token?: string } = {},
): Promise<Answer> {
  const { apiUrl, publishableKey } = stack();
  const { token = who && (await tokenOf(who)), ...rest } = init;
  const headers = new Headers(rest.headers);
  headers.set("apikey", publishableKey);
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (rest.body && !headers.has("content-type")) headers.set("content-type", "application/json");
  const answer = await fetch(`${apiUrl}/rest/v1${path}`, { ...rest, headers });
  return { status: answer.status, body: await answer.text(), headers: answer.headers };
}
