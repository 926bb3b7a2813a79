// Colleagues, to choose from and to name.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Person } from "../types";

const FOUND_AT_MOST = 20;

/** Active ones only: nobody who has left can be given anything. */
export async function findPeople(organizationId: string, text: string, signal: AbortSignal): Promise<Person[]> {
  const { data, error } = await supabase()
    .rpc("members_page", {
      organization: organizationId,
      member_status: "active",
      page_size: FOUND_AT_MOST,
      ...(text.trim() && { search: text.trim() }),
    })
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map((row) => ({ id: row.user_id, name: row.display_name, colour: row.avatar_color }));
}

export async function getPerson(organizationId: string, id: string, signal: AbortSignal): Promise<Person | null> {
  const { data, error } = await supabase()
    .from("memberships")
    .select("display_name, avatar_color")
    .eq("organization_id", organizationId)
    .eq("user_id", id)
    .abortSignal(signal)
    .maybeSingle();
  if (error) throw toAppError(error);
  return data && { id, name: data.display_name, colour: data.avatar_color };
}

/** Whoever of them this person may see. */
export async function getPeople(
  organizationId: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Person[]> {
  const { data, error } = await supabase()
    .from("memberships")
    .select("user_id, display_name, avatar_color")
    .eq("organization_id", organizationId)
    .in("user_id", ids)
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map((row) => ({ id: row.user_id, name: row.display_name, colour: row.avatar_color }));
}
