// The one client. Its session is kept in a cookie whose name carries the API's host and port: cookies ignore ports, and two
// checkouts on one machine must not share a session.
import { createBrowserClient } from "@supabase/ssr";
import type { SupabaseClient } from "@supabase/supabase-js";
import type { Database } from "@/shared/types/database.types";
import { readEnv } from "./env";

let client: SupabaseClient<Database> | null = null;

export function supabase(): SupabaseClient<Database> {
  client ??= create();
  return client;
}

function create(): SupabaseClient<Database> {
  const { env, problems } = readEnv(import.meta.env);
  if (!env) throw new Error(problems.join(" "));
  return createBrowserClient<Database>(env.supabaseUrl, env.supabasePublishableKey, {
    cookieOptions: { name: cookieName(env.supabaseUrl), secure: window.location.protocol === "https:" },
  });
}

function cookieName(supabaseUrl: string): string {
  return `sb-${new URL(supabaseUrl).host.replaceAll(/[^a-z0-9]+/gi, "-")}-auth`;
}
