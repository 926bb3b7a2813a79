// Somebody new for a test that changes what a person of the seed would have to keep.
import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import { stack } from "./stack.ts";

const password = "Workspace-demo-2026";

interface Person {
  email: string;
  password: string;
}

/** Somebody with a confirmed account and no membership. */
export async function createPerson(): Promise<Person> {
  const { apiUrl, secretKey } = stack();
  const email = `person-${randomUUID().slice(0, 13)}@example.test`;
  const admin = createClient(apiUrl, secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await admin.auth.admin.createUser({ email, password, email_confirm: true });
  if (error) throw error;
  return { email, password };
}

/** Of which the person is the administrator. They work in the last of them. */
export async function createOrganizations({ email, password: secret }: Person, names: string[]): Promise<void> {
  const { apiUrl, publishableKey } = stack();
  const client = createClient(apiUrl, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await client.auth.signInWithPassword({ email, password: secret });
  if (error) throw error;
  for (const organization_name of names) {
    const { error: refused } = await client.rpc("create_organization", { organization_name });
    if (refused) throw refused;
  }
}

/** Somebody with an organization of their own. */
export async function createMember(): Promise<Person> {
  const person = await createPerson();
  await createOrganizations(person, ["Alder"]);
  return person;
}
