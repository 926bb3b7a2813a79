import type { QueryClient } from "@tanstack/react-query";
import { Batch } from "./batch";
import { follow, type LivePlan } from "./follow";
import { theLive } from "./live";
import { isWriting, onWritten } from "./own-writes";
import type { LiveSubject } from "./topics";

/** However long an answer to a write of one's own takes to come. */
const WRITE_PATIENCE_MS = 5_000;

interface FollowerOptions {
  queryClient: QueryClient;
  organizationId: string;
  subjects: readonly LiveSubject[];
  plan: LivePlan;
  onRights: (() => void) | undefined;
}

/** Returns what ends it. */
export function startFollowing({ queryClient, organizationId, subjects, plan, onRights }: FollowerOptions): () => void {
  const batch = new Batch({
    follow: (changes) => follow(queryClient, plan, changes),
    holdsFor: () => {
      if (document.hidden) return Number.POSITIVE_INFINITY;
      return isWriting() || queryClient.isMutating() > 0 ? WRITE_PATIENCE_MS : 0;
    },
  });
  const ends = [
    theLive().watch(organizationId, {
      subjects,
      onChanges: (changes) => batch.add(changes),
      onStart: () => batch.add("everything"),
      ...(onRights && { onRights }),
    }),
    onWritten(batch.poke),
    queryClient.getMutationCache().subscribe(batch.poke),
    onVisible(batch.poke),
    batch.end.bind(batch),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function onVisible(act: () => void): () => void {
  const listener = () => {
    if (!document.hidden) act();
  };
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}
