import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { usePersonalLook } from "@/features/profile";
import { useIsPhone } from "@/shared/lib/media-query";
import { connection } from "../connection";
import { version } from "../version-watch";
import { BottomNavigation } from "./bottom-navigation";
import { Content } from "./content";
import { MembershipWatch } from "./membership-watch";
import { NewVersion } from "./new-version";
import { OfflineBanner } from "./offline-banner";
import { PaletteProvider } from "./palette-provider";
import { Sidebar } from "./sidebar";
import { SkipLink } from "./skip-link";
import { TopBar } from "./top-bar";

/** What stands around every page. */
export function Shell() {
  const queryClient = useQueryClient();
  const isPhone = useIsPhone();
  usePersonalLook();
  const readAgain = useCallback(() => void queryClient.invalidateQueries(), [queryClient]);
  return (
    <PaletteProvider>
      <SkipLink />
      <div className="flex min-h-dvh">
        {!isPhone && <Sidebar />}
        <div className="flex min-w-0 flex-1 flex-col max-sm:pb-[calc(4.5rem+env(safe-area-inset-bottom))]">
          <div className="sticky top-0 z-20">
            <TopBar />
            <OfflineBanner watch={connection} onBack={readAgain} />
          </div>
          <Content />
        </div>
      </div>
      {isPhone && <BottomNavigation />}
      <NewVersion watch={version} />
      <MembershipWatch />
    </PaletteProvider>
  );
}
