// The way to the project's data. Functions act as their caller: what Postgres would refuse the caller, it refuses them.
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Caller } from "./auth.ts";

interface ProjectAddress {
  url: string;
  publishableKey: string;
}

/** From the environment that the platform gives every function. */
export function projectAddress(environment: { get(name: string): string | undefined }): ProjectAddress {
  const keys: { default?: string } = JSON.parse(environment.get("SUPABASE_PUBLISHABLE_KEYS") ?? "{}");
  // Projects older than the publishable keys have the anonymous one.
  const publishableKey = keys.default ?? environment.get("SUPABASE_ANON_KEY");
  const url = environment.get("SUPABASE_URL");
  if (!url || !publishableKey) throw new Error("SUPABASE_URL and a publishable key must be in the environment.");
  return { url, publishableKey };
}

export function clientFor(caller: Caller, { url, publishableKey }: ProjectAddress): SupabaseClient {
  return createClient(url, publishableKey, {
    global: { headers: { Authorization: `Bearer ${caller.token}` } },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}

/** The project's secret key, with which the database lets everything pass: for the scheduler's functions only. */
export function secretKeyOf(environment: { get(name: string): string | undefined }): string {
  const keys: { default?: string } = JSON.parse(environment.get("SUPABASE_SECRET_KEYS") ?? "{}");
  const secretKey = keys.default ?? environment.get("SUPABASE_SERVICE_ROLE_KEY");
  if (!secretKey) throw new Error("A secret key must be in the environment.");
  return secretKey;
}

export function serviceClient(secretKey: string, { url }: ProjectAddress): SupabaseClient {
  return createClient(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}
