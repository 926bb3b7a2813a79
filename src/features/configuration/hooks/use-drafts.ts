import { useCallback, useEffect, useState } from "react";
import { useBlocker } from "@/shared/lib/router";
import type { Json } from "@/shared/types/database.types";

/** What somebody has typed and not saved, and the version of the stored value that they saw. */
export interface Draft {
  value: Json;
  version: number | null;
}

export type Drafts = Readonly<Record<string, Draft>>;

export const draftKey = (organizationId: string, category: string, key: string) =>
  `${organizationId}/${category}/${key}`;

/** Kept while one goes from category to category, and for each organization apart; leaving the screen asks first. */
export function useDrafts(basePath: string) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const count = Object.keys(drafts).length;

  const setDraft = useCallback((key: string, draft: Draft | null) => {
    setDrafts(({ [key]: _old, ...others }) => (draft ? { ...others, [key]: draft } : others));
  }, []);

  useEffect(() => {
    if (count === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [count]);

  const blocker = useBlocker(
    ({ nextLocation: { pathname } }) => count > 0 && pathname !== basePath && !pathname.startsWith(`${basePath}/`),
  );

  return {
    drafts,
    setDraft,
    count,
    leaving: blocker.state === "blocked" ? { leave: () => blocker.proceed(), stay: () => blocker.reset() } : null,
  };
}
