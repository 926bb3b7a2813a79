// An administrator who changes roles through the API, as their own page does.
import { createClient } from "@supabase/supabase-js";
import { stack } from "./stack.ts";

interface SavedRole {
  id: string;
  version: number;
}

export async function openRoleKeeper({ email, password }: { email: string; password: string }) {
  const { apiUrl, publishableKey } = stack();
  const client = createClient(apiUrl, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  const { data, error: unknown } = await client.rpc("my_organizations");
  if (unknown) throw unknown;
  const [organization]: { organization_id: string }[] = data;

  async function save(role: SavedRole | null, name: string): Promise<SavedRole> {
    const { data, error: refused } = await client.rpc("save_role", {
      organization: organization?.organization_id,
      role: role?.id ?? null,
      role_name: name,
      role_description: "",
      role_permissions: { "partners.read": "all" },
      seen_version: role?.version ?? null,
    });
    if (refused) throw refused;
    return data;
  }

  return {
    addRole: (name: string) => save(null, name),
    renameRole: (role: SavedRole, name: string) => save(role, name),
  };
}
