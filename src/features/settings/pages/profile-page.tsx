import { usePageTitle } from "@/shared/lib/page-title";
import { Section } from "@/shared/ui/section";
import { ThemeChoice } from "@/shared/ui/theme-choice";
import { ProfileForm } from "../components/profile-form";
import { ProfileGate } from "../components/profile-gate";
import { SettingsFrame } from "../components/settings-frame";

export function ProfilePage() {
  usePageTitle("Settings");
  return (
    <SettingsFrame>
      <ProfileGate>{(profile) => <ProfileForm profile={profile} />}</ProfileGate>
      <Section title="Look" description="Takes effect at once, on all your devices.">
        <div className="max-w-xs">
          <ThemeChoice />
        </div>
      </Section>
    </SettingsFrame>
  );
}
