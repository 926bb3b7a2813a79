// The roles of an organization, and the catalogue of what a role can hold.
import { toAppError } from "@/shared/lib/errors";
import type { PermissionScope } from "@/shared/lib/permissions";
import { supabase } from "@/shared/lib/supabase";
import type { CatalogueEntry, Role, RoleHolders, Scopes } from "../types";

const HOLDERS_NAMED = 5;

export async function getRoles(organizationId: string, signal: AbortSignal): Promise<Role[]> {
  const { data, error } = await supabase()
    .from("roles")
    .select("id, key, name, description, is_built_in, version, held:role_permissions(permission, scope)")
    .eq("organization_id", organizationId)
    .order("position")
    .order("name")
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map((row) => ({
    id: row.id,
    key: row.key,
    name: row.name,
    description: row.description,
    isBuiltIn: row.is_built_in,
    version: row.version,
    scopes: Object.fromEntries(row.held.map(({ permission, scope }) => [permission, scopeOf(scope)])),
  }));
}

export async function getCatalogue(signal: AbortSignal): Promise<CatalogueEntry[]> {
  const { data, error } = await supabase()
    .from("permissions")
    .select("key, area, label, description, supports_own")
    .order("position")
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map(({ supports_own, ...entry }) => ({ ...entry, supportsOwn: supports_own }));
}

export interface RoleToSave {
  /** Null for a new one. */
  id: string | null;
  name: string;
  description: string;
  scopes: Scopes;
  seenVersion: number | null;
}

export async function saveRole(organizationId: string, role: RoleToSave): Promise<void> {
  const { error } = await supabase().rpc("save_role", {
    organization: organizationId,
    // The generated types do not know that an argument may be null.
    role: role.id as string,
    role_name: role.name.trim(),
    role_description: role.description.trim(),
    role_permissions: { ...role.scopes },
    seen_version: role.seenVersion as number,
  });
  if (error) throw toAppError(error);
}

export async function resetRole(organizationId: string, { id, version }: Role): Promise<void> {
  const { error } = await supabase().rpc("reset_role", {
    organization: organizationId,
    role: id,
    seen_version: version,
  });
  if (error) throw toAppError(error);
}

export async function deleteRole(organizationId: string, { id, version }: Role): Promise<void> {
  const { error } = await supabase().rpc("delete_role", {
    organization: organizationId,
    role: id,
    seen_version: version,
  });
  if (error) throw toAppError(error);
}

/** Who would be left without a role. Invitations are told only to those who may see them. */
export async function getRoleHolders(
  organizationId: string,
  roleId: string,
  signal: AbortSignal,
): Promise<RoleHolders> {
  const [people, invited] = await Promise.all([
    supabase()
      .from("memberships")
      .select("display_name")
      .eq("organization_id", organizationId)
      .eq("role_id", roleId)
      .order("display_name")
      .limit(HOLDERS_NAMED + 1)
      .abortSignal(signal),
    supabase()
      .from("invitations")
      .select("email")
      .eq("organization_id", organizationId)
      .eq("role_id", roleId)
      .is("accepted_at", null)
      .is("revoked_at", null)
      .gt("expires_at", new Date().toISOString())
      .order("email")
      .limit(HOLDERS_NAMED + 1)
      .abortSignal(signal),
  ]);
  const error = people.error ?? invited.error;
  if (error) throw toAppError(error);
  return {
    people: (people.data ?? []).map(({ display_name }) => display_name),
    invited: (invited.data ?? []).map(({ email }) => email),
  };
}

function scopeOf(scope: string): PermissionScope {
  return scope === "own" ? "own" : "all";
}
