// One's own profile; nobody reads another's here. Colleagues are read from the memberships of an organization.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Theme } from "@/shared/lib/theme";
import type { Tables, TablesUpdate } from "@/shared/types/database.types";
import type { Profile, ProfileChanges } from "../types";

const columns =
  "display_name, email, avatar_color, active_organization_id, theme, locale, time_zone, notification_preferences, version";

type Row = Omit<Tables<"profiles">, "user_id" | "created_at" | "updated_at">;

export async function getMyProfile(signal?: AbortSignal): Promise<Profile> {
  const query = supabase().from("profiles").select(columns);
  const { data, error } = await (signal ? query.abortSignal(signal) : query).single();
  if (error) throw toAppError(error);
  return toProfile(data);
}

/** Where the person works next time, on whatever device. */
export async function rememberOrganization(userId: string, organizationId: string): Promise<void> {
  const { error } = await supabase()
    .from("profiles")
    .update({ active_organization_id: organizationId })
    .eq("user_id", userId);
  if (error) throw toAppError(error);
}

/** Nothing changes when the profile is not the version that was seen: PW006. */
export async function updateMyProfile(userId: string, changes: ProfileChanges, seenVersion: number): Promise<Profile> {
  const { data, error } = await supabase()
    .from("profiles")
    .update(toRow(changes))
    .eq("user_id", userId)
    .eq("version", seenVersion)
    .select(columns)
    .maybeSingle();
  if (error) throw toAppError(error);
  if (!data) throw toAppError({ code: "PW006" });
  return toProfile(data);
}

/** Chosen in passing, on whatever version: nobody waits for an answer. */
export async function rememberTheme(userId: string, theme: Theme): Promise<void> {
  const { error } = await supabase().from("profiles").update({ theme }).eq("user_id", userId);
  if (error) throw toAppError(error);
}

function toProfile(row: Row): Profile {
  return {
    displayName: row.display_name,
    email: row.email,
    avatarColor: row.avatar_color,
    activeOrganizationId: row.active_organization_id,
    theme: row.theme === "light" || row.theme === "dark" ? row.theme : "system",
    locale: row.locale,
    timeZone: row.time_zone,
    notificationPreferences: row.notification_preferences,
    version: row.version,
  };
}

function toRow(changes: ProfileChanges): TablesUpdate<"profiles"> {
  const { displayName, avatarColor, theme, locale, timeZone, notificationPreferences } = changes;
  return {
    ...(displayName !== undefined && { display_name: displayName }),
    ...(avatarColor !== undefined && { avatar_color: avatarColor }),
    ...(theme !== undefined && { theme }),
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { time_zone: timeZone }),
    ...(notificationPreferences !== undefined && { notification_preferences: notificationPreferences }),
  };
}
