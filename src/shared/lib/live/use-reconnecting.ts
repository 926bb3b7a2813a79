import { useEffect, useState, useSyncExternalStore } from "react";
import { theLive } from "./live";

/** A shorter gap is closed before anybody could have missed anything. */
const MATTERS_MS = 4_000;

/** True once screens have not been followed for some seconds. In the code of the connection: whoever asks loads it. */
export function useReconnecting(): boolean {
  const live = theLive();
  const isDown = useSyncExternalStore(live.subscribe, live.isDown);
  const [matters, setMatters] = useState(false);
  if (!isDown && matters) setMatters(false);
  useEffect(() => {
    if (!isDown) return;
    const timer = setTimeout(() => setMatters(true), MATTERS_MS);
    return () => clearTimeout(timer);
  }, [isDown]);
  return matters;
}
