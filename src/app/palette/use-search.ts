import { useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { memberSearch } from "@/features/members";
import { useOrganizations } from "@/features/organizations";
import { registerSearchProvider, searchProviders } from "@/shared/lib/search-providers";

registerSearchProvider(memberSearch);

const PAUSE_MS = 150;
const SHORTEST = 2;

/** What the features find for a text, each under its heading. Asked once the person pauses. */
export function useSearch(text: string) {
  const { organization, can } = useOrganizations();
  const wanted = useAfterPause(text.trim());
  const organizationId = organization?.isActive ? organization.id : null;
  const isAsked = wanted.length >= SHORTEST && organizationId !== null;
  const providers = isAsked
    ? searchProviders().filter(({ permission }) => permission === undefined || can(permission) !== false)
    : [];
  return useQueries({
    queries: providers.map(({ key, search }) => ({
      queryKey: ["search", organizationId, key, wanted],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        search(wanted, { organizationId: organizationId ?? "", signal }),
    })),
    combine: (answers) => ({
      groups: providers.map(({ key, label }, index) => ({ key, label, results: answers[index]?.data ?? [] })),
      isSearching:
        (text.trim() !== wanted && text.trim().length >= SHORTEST) || answers.some(({ isFetching }) => isFetching),
      failed: answers.some(({ error }) => error),
    }),
  });
}

function useAfterPause(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
