import type { ReactNode } from "react";
import { paths } from "@/shared/lib/paths";
import { NavLink } from "@/shared/lib/router";

const tabs = [
  { path: paths.settings, label: "Profile" },
  { path: paths.settingsNotifications, label: "Notifications" },
  { path: paths.settingsSecurity, label: "Security" },
];

/** What the pages of the settings stand in. The tabs are links: each has an address of its own. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <h1>Settings</h1>
      <nav aria-label="Settings" className="-mt-2 flex gap-1 border-b border-line">
        {tabs.map(({ path, label }) => (
          <NavLink
            key={path}
            to={path}
            end
            className="-mb-px flex h-9 items-center border-b-2 border-transparent px-3 font-medium text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink max-sm:h-11 max-sm:flex-1 max-sm:justify-center max-sm:px-1"
          >
            {label}
          </NavLink>
        ))}
      </nav>
      {children}
    </div>
  );
}
