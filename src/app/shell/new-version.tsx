import { useEffect, useState } from "react";
import { Button } from "@/shared/ui/button";
import { useIsNewerVersion, type VersionWatch } from "../version-watch";

/** Offers the newer version and never takes it by itself: somebody may be in the middle of something. */
export function NewVersion({ watch }: { watch: VersionWatch }) {
  const isNewer = useIsNewerVersion(watch);
  const [isLater, setLater] = useState(false);
  useEffect(() => watch.start(), [watch]);
  return (
    // Always there, or a screen reader would not read out what appears in it.
    <div
      role="status"
      className="fixed inset-x-3 bottom-4 z-30 mx-auto w-fit max-sm:bottom-[calc(5.25rem+env(safe-area-inset-bottom))]"
    >
      {isNewer && !isLater && (
        <div className="flex items-center gap-2 rounded-card border border-line bg-raised py-2 ps-4 pe-2 shadow-high">
          <p className="me-2 font-medium max-sm:flex-1">A new version is ready.</p>
          <Button look="quiet" onClick={() => setLater(true)}>
            Later
          </Button>
          <Button look="primary" onClick={() => window.location.reload()}>
            Reload
          </Button>
        </div>
      )}
    </div>
  );
}
