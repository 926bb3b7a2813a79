import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "@/shared/lib/router";
import { firstPage, readListing, writeListing } from "../filter";
import type { PartnerListing } from "../types";

const PAUSE_MS = 200;

/** The filter in the address, and what is being typed before it gets there. */
export function useListing() {
  const [search, setSearch] = useSearchParams();
  const listing = useMemo(() => readListing(search), [search]);
  const [typed, setTyped] = useState(listing.text);
  const [inAddress, setInAddress] = useState(listing.text);
  if (listing.text !== inAddress) {
    // Changed from elsewhere, such as by going back.
    setInAddress(listing.text);
    if (listing.text !== typed.trim()) setTyped(listing.text);
  }

  // What was asked for last. The address follows a moment later: a change in between would else be lost.
  const latest = useRef(listing);
  useEffect(() => {
    latest.current = listing;
  }, [listing]);

  const change = useCallback(
    (changes: Partial<PartnerListing>) => {
      latest.current = { ...latest.current, place: firstPage, ...changes };
      setSearch(writeListing(latest.current), { replace: true });
    },
    [setSearch],
  );

  useEffect(() => {
    const text = typed.trim();
    if (text === inAddress) return;
    const timer = setTimeout(() => text !== latest.current.text && change({ text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, inAddress, change]);

  return { listing, change, typed, setTyped };
}
