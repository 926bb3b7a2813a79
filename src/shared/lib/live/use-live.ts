import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { lateCode } from "../late-code";
import type { LivePlan } from "./follow";
import type { LiveSubject } from "./topics";

const follower = lateCode(() => import("./follower"));

/** For what a follower does not say of itself. */
interface LiveOptions {
  /** What this person may see could be another now. */
  onRights?: (() => void) | undefined;
}

/**
 * Keeps what the screen shows of an organization as it is in the database, for as long as the screen stands. The plan says which
 * cached answers show which tables and is remembered by the caller; the code of the connection comes once it is wanted.
 */
export function useLive(
  organizationId: string,
  subjects: readonly LiveSubject[],
  plan: LivePlan,
  { onRights }: LiveOptions = {},
): void {
  const queryClient = useQueryClient();
  const wanted = subjects.join(" ");
  useEffect(() => {
    if (wanted === "") return;
    let stop: (() => void) | null = null;
    let isOver = false;
    void follower().then(({ startFollowing }) => {
      if (!isOver) stop = startFollowing({ queryClient, organizationId, subjects: wanted.split(" "), plan, onRights });
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [queryClient, organizationId, wanted, plan, onRights]);
}
