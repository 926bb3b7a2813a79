// What to tell a person who may not see a page: what the right is called, and who hands out rights.
import { toAppError } from "@/shared/lib/errors";
import type { Permission } from "@/shared/lib/permissions";
import { supabase } from "@/shared/lib/supabase";

interface MissingRight {
  label: string;
  administrators: { id: string; name: string; email: string | null }[];
}

const NAMED_AT_MOST = 3;

export async function getMissingRight(
  organizationId: string,
  permission: Permission,
  signal: AbortSignal,
): Promise<MissingRight> {
  const [right, administrators] = await Promise.all([
    supabase().from("permissions").select("label").eq("key", permission).abortSignal(signal).maybeSingle(),
    supabase()
      .from("memberships")
      .select("id, display_name, email, role:roles!inner(key)")
      .eq("organization_id", organizationId)
      .eq("status", "active")
      .eq("role.key", "org_admin")
      .order("display_name")
      .limit(NAMED_AT_MOST)
      .abortSignal(signal),
  ]);
  const error = right.error ?? administrators.error;
  if (error) throw toAppError(error);
  return {
    label: right.data?.label ?? permission,
    administrators: (administrators.data ?? []).map((each) => ({
      id: each.id,
      name: each.display_name,
      email: each.email,
    })),
  };
}
