import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useCallback } from "react";
import type { AuditFilters } from "../types";

const parsers = {
  tables: parseAsArrayOf(parseAsString).withDefault([]),
  actions: parseAsArrayOf(parseAsString).withDefault([]),
  actors: parseAsArrayOf(parseAsString).withDefault([]),
  row: parseAsString.withDefault(""),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
};

/** In the address, so that a link shows the same events. */
export function useAuditFilters() {
  const [filters, set] = useQueryStates(parsers, { urlKeys: { tables: "kind", actions: "action", actors: "person" } });
  const change = useCallback(
    (changed: Partial<AuditFilters>) =>
      void set({
        ...changed,
        ...(changed.tables && { tables: [...changed.tables] }),
        ...(changed.actions && { actions: [...changed.actions] }),
        ...(changed.actors && { actors: [...changed.actors] }),
      } as Partial<typeof filters>),
    [set],
  );
  return {
    filters: filters satisfies AuditFilters,
    set: change,
    clear: () => void set(null),
    count: countOf(filters),
  };
}

function countOf({ tables, actions, actors, row, from, to }: AuditFilters): number {
  return [tables.length, actions.length, actors.length, row, from || to].filter(Boolean).length;
}
