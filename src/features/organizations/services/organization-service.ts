// The organizations a person works in, and the ways into one: create it or accept an invitation.
import { toAppError } from "@/shared/lib/errors";
import { noteStart } from "@/shared/lib/live/start";
import type { Permission, PermissionScope } from "@/shared/lib/permissions";
import { supabase } from "@/shared/lib/supabase";
import type { Database, Json } from "@/shared/types/database.types";
import type { Organization, ReceivedInvitation } from "../types";

type OrganizationRow = Database["public"]["Functions"]["my_organizations"]["Returns"][number];

export async function getMyOrganizations(signal: AbortSignal): Promise<Organization[]> {
  const { data, error } = await supabase().rpc("my_organizations").abortSignal(signal);
  if (error) throw toAppError(error);
  for (const { organization_id, live_cursor, live_epoch } of data)
    if (live_cursor && live_epoch) noteStart(organization_id, { cursor: live_cursor, epoch: live_epoch });
  return (
    data
      .filter((row) => row.membership_status === "active" || row.platform_access_until !== null)
      .map(organizationOf)
      // The order of letters alone. That of a language takes a phone 10 ms to load: whatever lists them puts them into it.
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  );
}

/** Answers with the id of the new organization, in which the person is its administrator. */
export async function createOrganization(name: string): Promise<string> {
  const { data, error } = await supabase().rpc("create_organization", { organization_name: name.trim() });
  if (error) throw toAppError(error);
  return data;
}

export async function getMyInvitations(signal: AbortSignal): Promise<ReceivedInvitation[]> {
  const { data, error } = await supabase().rpc("my_invitations").abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map((row) => ({
    id: row.invitation_id,
    organizationName: row.organization_name,
    roleName: row.role_name,
    invitedByName: row.invited_by_name || null,
    expiresAt: row.expires_at,
  }));
}

/** By the secret of the mail's link. Answers with the id of the organization. */
export async function acceptInvitation(token: string): Promise<string> {
  const { data, error } = await supabase().rpc("accept_invitation", { token });
  if (error) throw toAppError(error);
  return String(data);
}

/** One that was sent to the address the person signed in with, so that no link is needed. */
export async function acceptMyInvitation(invitationId: string): Promise<string> {
  const { data, error } = await supabase().rpc("accept_my_invitation", { invitation: invitationId });
  if (error) throw toAppError(error);
  return String(data);
}

function organizationOf(row: OrganizationRow): Organization {
  return {
    id: row.organization_id,
    name: row.name,
    slug: row.slug,
    parentId: row.parent_id,
    subscriptionTier: row.subscription_tier,
    isActive: row.is_active,
    seatLimit: row.seat_limit,
    roleKey: row.role_key,
    // Platform staff who were let in hold no role.
    roleName: row.role_name ?? "Platform staff",
    permissions: permissionsOf(row.permissions),
    platformAccessUntil: row.platform_access_until,
  };
}

function permissionsOf(value: Json): Partial<Record<Permission, PermissionScope>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, scope]) => scope === "all" || scope === "own"));
}
