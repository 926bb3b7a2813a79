import { useEffect, useState } from "react";
import { type ConnectionWatch, useConnection } from "@/shared/lib/connection";
import { Button } from "@/shared/ui/button";
import { Wifi, WifiOff } from "@/shared/ui/icons";

const BACK_MS = 5_000;

interface OfflineBannerProps {
  watch: ConnectionWatch;
  /** Called when the connection is back, so that what could not be read is read again. */
  onBack: () => void;
}

export function OfflineBanner({ watch, onBack }: OfflineBannerProps) {
  const connection = useConnection(watch);
  const [was, setWas] = useState(connection);
  const [isBack, setBack] = useState(false);
  if (connection !== was) {
    setWas(connection);
    setBack(connection === "online");
  }
  useEffect(() => {
    if (!isBack) return;
    onBack();
    const timer = setTimeout(() => setBack(false), BACK_MS);
    return () => clearTimeout(timer);
  }, [isBack, onBack]);

  return (
    // Always there, or a screen reader would not read out what appears in it.
    <div role="status">
      {connection === "offline" && (
        <Bar look="bg-warn-soft text-warn">
          <WifiOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <p className="min-w-0 flex-1">
            <strong className="font-semibold">The server cannot be reached.</strong> What you have typed stays here;
            save it when the connection is back. What you see may be older.
          </p>
          <Button onClick={watch.tryNow}>Try now</Button>
        </Bar>
      )}
      {isBack && (
        <Bar look="bg-good-soft text-good">
          <Wifi aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <p>The connection is back.</p>
        </Bar>
      )}
    </div>
  );
}

function Bar({ look, children }: { look: string; children: React.ReactNode }) {
  return (
    <div className={`flex items-start gap-2 border-b border-line px-5 py-2 max-sm:px-4 sm:items-center ${look}`}>
      {children}
    </div>
  );
}
