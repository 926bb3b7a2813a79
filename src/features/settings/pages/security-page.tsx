import { usePageTitle } from "@/shared/lib/page-title";
import { EmailSection } from "../components/email-section";
import { PasswordSection } from "../components/password-section";
import { SessionsSection } from "../components/sessions-section";
import { SettingsFrame } from "../components/settings-frame";

export function SecurityPage() {
  usePageTitle("Security");
  return (
    <SettingsFrame>
      <EmailSection />
      <PasswordSection />
      <SessionsSection />
    </SettingsFrame>
  );
}
