import { useEffect } from "react";
import { theLive } from "./live";

/** What concerns this person alone, such as another role. In the code of the connection: whoever asks loads it. */
export function usePersonLive(userId: string, onMessage: (event: string, payload: unknown) => void): void {
  useEffect(() => (userId === "" ? undefined : theLive().watchPerson(userId, onMessage)), [userId, onMessage]);
}
