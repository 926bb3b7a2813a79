import { theLive } from "./live";
import { PRESENCE_SUBJECT } from "./topics";
import type { Present } from "./types";

interface PresenceOptions {
  organizationId: string;
  userId: string;
  record: string | null;
  onPresence(others: Present[]): void;
}

/** Returns what ends it. */
export function startPresence({ organizationId, userId, record, onPresence }: PresenceOptions): () => void {
  const live = theLive();
  const stop = live.watch(organizationId, {
    subjects: [PRESENCE_SUBJECT],
    onChanges: () => {},
    onPresence: (present) => onPresence(present.filter((each) => each.userId !== userId)),
  });
  live.show(organizationId, { userId, record, cell: null, at: new Date().toISOString() });
  return () => {
    stop();
    live.show(organizationId, null);
  };
}

export function showCell(organizationId: string, cell: string | null): void {
  theLive().edit(organizationId, cell);
}
