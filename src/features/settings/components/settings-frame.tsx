import type { ReactNode } from "react";
import { paths } from "@/shared/lib/paths";
import { PageHeader } from "@/shared/ui/page-header";
import { TabLinks } from "@/shared/ui/tab-links";

const tabs = [
  { to: paths.settings, label: "Profile" },
  { to: paths.settingsNotifications, label: "Notifications" },
  { to: paths.settingsSecurity, label: "Security" },
];

/** What the pages of the settings stand in. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-3xl space-y-4">
      <PageHeader title="Settings" description="For you, in every organization." />
      <TabLinks label="Settings" links={tabs} />
      {children}
    </div>
  );
}
