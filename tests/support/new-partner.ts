// Partners for tests of screens, made as a person makes them.
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { stack } from "./stack.ts";

interface Person {
  email: string;
  password: string;
}

interface Signed {
  client: SupabaseClient;
  userId: string;
  organizationId: string;
}

/** In the organization with this name, else in the person's first. */
export async function signedIn({ email, password }: Person, organizationName?: string): Promise<Signed> {
  const { apiUrl, publishableKey } = stack();
  const client = createClient(apiUrl, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  const mine = await client.rpc("my_organizations");
  if (mine.error) throw mine.error;
  const rows: { name: string; organization_id: string }[] = mine.data;
  const organization = organizationName ? rows.find(({ name }) => name === organizationName) : rows[0];
  if (!organization) throw new Error(`${email} has no such organization.`);
  return { client, userId: data.user.id, organizationId: organization.organization_id };
}

export async function createPartners(
  { client, organizationId }: Signed,
  partners: Record<string, unknown>[],
): Promise<{ id: string; name: string }[]> {
  const { data, error } = await client
    .from("partners")
    .insert(partners.map((partner) => ({ organization_id: organizationId, status: "active", tags: [], ...partner })))
    .select("id, name");
  if (error) throw error;
  return data;
}
