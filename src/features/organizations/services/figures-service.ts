// The figures of the start page: counts only, no rows are fetched.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";

export async function countMembers(organizationId: string, signal: AbortSignal): Promise<number> {
  const { count, error } = await supabase()
    .from("memberships")
    .select("id", { count: "exact", head: true })
    .eq("organization_id", organizationId)
    .eq("status", "active")
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return count ?? 0;
}
