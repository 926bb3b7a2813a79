import { useMemo, useState } from "react";
import type { Selection } from "../components/table/selection";
import type { Partner } from "../types";

/** As many as can be changed at once. */
const MOST = 1000;

export function useSelectedPartners(shown: readonly Partner[], maySelect: (partner: Partner) => boolean) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const selection = useMemo<Selection>(() => {
    const selectable = shown.filter(maySelect);
    const count = selectable.filter(({ id }) => selected.has(id)).length;
    const state = count === 0 ? "none" : count === selectable.length ? "all" : "some";
    return {
      has: (id) => selected.has(id),
      maySelect,
      state,
      toggle: ({ id }) =>
        setSelected((now) => {
          const next = new Set(now);
          if (!next.delete(id) && next.size < MOST) next.add(id);
          return next;
        }),
      toggleAll: () =>
        setSelected((now) => {
          const next = new Set(now);
          for (const { id } of selectable)
            if (state === "all") next.delete(id);
            else if (next.size < MOST) next.add(id);
          return next;
        }),
    };
  }, [shown, selected, maySelect]);
  return { selection, ids: useMemo(() => [...selected], [selected]), clear: () => setSelected(new Set<string>()) };
}
