// Invitations to an organization: made and mailed by the function invite-member, withdrawn by the database.
import { toAppError } from "@/shared/lib/errors";
import { toFunctionError } from "@/shared/lib/function-errors";
import { supabase } from "@/shared/lib/supabase";
import type { OpenInvitation, SentInvitation } from "../types";

/** Those that can still be accepted or sent again, the newest first. */
export async function getInvitations(organizationId: string, signal: AbortSignal): Promise<OpenInvitation[]> {
  const { data, error } = await supabase()
    .from("invitations")
    .select("id, email, expires_at, role:roles!inner(name), inviter:memberships!inner(display_name)")
    .eq("organization_id", organizationId)
    .is("accepted_at", null)
    .is("revoked_at", null)
    .order("created_at", { ascending: false })
    .order("id", { ascending: false })
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map((row) => ({
    id: row.id,
    email: row.email,
    roleName: row.role.name,
    invitedByName: row.inviter.display_name,
    expiresAt: row.expires_at,
  }));
}

export const invite = (organizationId: string, address: string, roleId: string): Promise<SentInvitation> =>
  send({ organization: organizationId, address, role: roleId });

export const sendAgain = (organizationId: string, invitationId: string): Promise<SentInvitation> =>
  send({ organization: organizationId, invitation: invitationId });

export async function withdraw(organizationId: string, invitationId: string): Promise<void> {
  const { error } = await supabase().rpc("revoke_invitation", {
    organization: organizationId,
    invitation: invitationId,
  });
  if (error) throw toAppError(error);
}

async function send(body: Record<string, string>): Promise<SentInvitation> {
  const { data, error } = await supabase().functions.invoke<SentInvitation>("invite-member", { body });
  if (error || !data) throw await toFunctionError(error);
  return data;
}
