import { useMemo } from "react";
import { useSearchParams } from "@/shared/lib/router";
import type { ActivityFilter } from "../types";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** In the address beside the tab, so that a link shows the same events. */
export function useActivityFilter() {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo<ActivityFilter>(
    () => ({
      kinds: listIn(search.get("kind"), /^[a-z_]{1,60}$/),
      actors: listIn(search.get("by"), /^(user|system):[a-z0-9:_-]{1,80}$/),
      from: dayIn(search.get("from")),
      to: dayIn(search.get("to")),
    }),
    [search],
  );

  function change(changes: Partial<ActivityFilter>) {
    setSearch(
      (now) => {
        const { kinds, actors, from, to } = { ...filter, ...changes };
        const next = new URLSearchParams(now);
        const values = { kind: kinds.join(","), by: actors.join(","), from, to };
        for (const [name, value] of Object.entries(values))
          if (value) next.set(name, value);
          else next.delete(name);
        return next;
      },
      { replace: true },
    );
  }

  const count = [filter.kinds.length, filter.actors.length, filter.from || filter.to].filter(Boolean).length;
  return { filter, change, clear: () => change({ kinds: [], actors: [], from: "", to: "" }), count };
}

const listIn = (text: string | null, pattern: RegExp): string[] =>
  [...new Set((text ?? "").split(",").filter((part) => pattern.test(part)))].slice(0, 50);

const dayIn = (text: string | null): string => (text && DAY.test(text) ? text : "");
