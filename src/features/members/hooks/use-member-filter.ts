import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "@/shared/lib/router";
import { firstPage, readFilter, writeFilter } from "../filter";
import type { MemberFilter } from "../types";

const PAUSE_MS = 200;

/** The filter in the address, and what is being typed before it gets there. */
export function useMemberFilter() {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readFilter(search), [search]);
  const [typed, setTyped] = useState(filter.text);
  const [inAddress, setInAddress] = useState(filter.text);
  if (filter.text !== inAddress) {
    // Changed from elsewhere, such as by going back.
    setInAddress(filter.text);
    if (filter.text !== typed.trim()) setTyped(filter.text);
  }

  const change = useCallback(
    (changes: Partial<MemberFilter>) =>
      setSearch((now) => writeFilter({ ...readFilter(now), place: firstPage, ...changes }), { replace: true }),
    [setSearch],
  );

  useEffect(() => {
    const text = typed.trim();
    if (text === inAddress) return;
    const timer = setTimeout(() => change({ text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, inAddress, change]);

  return { filter, change, typed, setTyped };
}
