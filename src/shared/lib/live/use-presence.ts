import { useEffect, useState } from "react";
import { lateCode } from "../late-code";
import type { Present } from "./types";

const presence = lateCode(() => import("./presence"));

/** Whoever passes through the fields with the keyboard edits none of them. */
const STAYS_MS = 300;

const nobody: Present[] = [];

interface PresenceOptions {
  organizationId: string;
  userId: string;
  /** What this person has open. */
  record: string | null;
  /** Who may not see the directory is not seen there. */
  isAllowed: boolean;
}

/** Who else looks at the directory or one of its records, and lets them know that one is here. */
export function usePresence({ organizationId, userId, record, isAllowed }: PresenceOptions): Present[] {
  const [present, setPresent] = useState(nobody);
  useEffect(() => {
    if (!isAllowed || userId === "") return;
    let stop: (() => void) | null = null;
    let isOver = false;
    void presence().then(({ startPresence }) => {
      if (!isOver) stop = startPresence({ organizationId, userId, record, onPresence: setPresent });
    });
    return () => {
      isOver = true;
      stop?.();
      setPresent(nobody);
    };
  }, [organizationId, userId, record, isAllowed]);
  return present;
}

/** Lets those who look at the same record know which field of it one is editing. */
export function useEditedCell(organizationId: string, cell: string | null): void {
  useEffect(() => {
    const timer = setTimeout(() => void presence().then(({ showCell }) => showCell(organizationId, cell)), STAYS_MS);
    return () => clearTimeout(timer);
  }, [organizationId, cell]);
  useEffect(() => () => void presence().then(({ showCell }) => showCell(organizationId, null)), [organizationId]);
}
