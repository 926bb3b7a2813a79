// The one client.
import { createBrowserClient } from "@supabase/ssr";
import type { SupabaseClient } from "@supabase/supabase-js";
import type { Database } from "@/shared/types/database.types";
import { readEnv } from "./env";
import { sessionCookieName } from "./session-cookie";

let client: SupabaseClient<Database> | null = null;

export function supabase(): SupabaseClient<Database> {
  client ??= create();
  return client;
}

function create(): SupabaseClient<Database> {
  const { env, problems } = readEnv(import.meta.env);
  if (!env) throw new Error(problems.join(" "));
  return createBrowserClient<Database>(env.supabaseUrl, env.supabasePublishableKey, {
    cookieOptions: { name: sessionCookieName(env.supabaseUrl), secure: window.location.protocol === "https:" },
    // Who asks decides what is tried again, and how often: on top of that this would keep a failure from the screen for 20 s.
    db: { retry: false },
    // The links of mails are followed by the one page they lead to, which can say what went wrong.
    auth: { detectSessionInUrl: false },
  });
}
