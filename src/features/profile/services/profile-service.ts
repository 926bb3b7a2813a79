// One's own profile; nobody reads another's here. Colleagues are read from the memberships of an organization.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Profile } from "../types";

export async function getMyProfile(signal: AbortSignal): Promise<Profile> {
  const { data, error } = await supabase()
    .from("profiles")
    .select("display_name, email, avatar_color, active_organization_id")
    .abortSignal(signal)
    .single();
  if (error) throw toAppError(error);
  return {
    displayName: data.display_name,
    email: data.email,
    avatarColor: data.avatar_color,
    activeOrganizationId: data.active_organization_id,
  };
}

/** Where the person works next time, on whatever device. */
export async function rememberOrganization(userId: string, organizationId: string): Promise<void> {
  const { error } = await supabase()
    .from("profiles")
    .update({ active_organization_id: organizationId })
    .eq("user_id", userId);
  if (error) throw toAppError(error);
}
