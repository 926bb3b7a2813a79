import { usePageTitle } from "@/shared/lib/page-title";
import { NotificationsForm } from "../components/notifications-form";
import { ProfileGate } from "../components/profile-gate";
import { SettingsFrame } from "../components/settings-frame";

export function NotificationsPage() {
  usePageTitle("Notifications");
  return (
    <SettingsFrame>
      <ProfileGate>{(profile) => <NotificationsForm profile={profile} />}</ProfileGate>
    </SettingsFrame>
  );
}
