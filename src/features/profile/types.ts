import type { Theme } from "@/shared/lib/theme";
import type { Json } from "@/shared/types/database.types";

export interface Profile {
  displayName: string;
  email: string | null;
  avatarColor: string;
  activeOrganizationId: string | null;
  theme: Theme;
  /** Null: as the browser says. */
  locale: string | null;
  timeZone: string | null;
  /** As stored; what it means is the settings' to know. */
  notificationPreferences: NonNullable<Json>;
  version: number;
}

/** What people write about themselves. */
export type ProfileChanges = Partial<
  Pick<Profile, "displayName" | "avatarColor" | "theme" | "locale" | "timeZone" | "notificationPreferences">
>;
