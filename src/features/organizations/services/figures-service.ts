// The figures of the start page: counts only, no rows are fetched.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";

interface Figures {
  members: number;
  /** Null for who may not see them. */
  openInvitations: number | null;
}

export async function getFigures(
  organizationId: string,
  { withInvitations }: { withInvitations: boolean },
  signal: AbortSignal,
): Promise<Figures> {
  const [members, openInvitations] = await Promise.all([
    countMembers(organizationId, signal),
    withInvitations ? countOpenInvitations(organizationId, signal) : null,
  ]);
  return { members, openInvitations };
}

async function countMembers(organizationId: string, signal: AbortSignal): Promise<number> {
  const { count, error } = await supabase()
    .from("memberships")
    .select("id", { count: "exact", head: true })
    .eq("organization_id", organizationId)
    .eq("status", "active")
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return count ?? 0;
}

async function countOpenInvitations(organizationId: string, signal: AbortSignal): Promise<number> {
  const { count, error } = await supabase()
    .from("invitations")
    .select("id", { count: "exact", head: true })
    .eq("organization_id", organizationId)
    .is("accepted_at", null)
    .is("revoked_at", null)
    .gt("expires_at", new Date().toISOString())
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return count ?? 0;
}
