import { useCallback, useSyncExternalStore } from "react";

/** For what is a different thing on a narrow screen and not the same one in another place, which is for CSS. */
function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Where tables become cards. */
export const useIsNarrow = () => useMediaQuery("(max-width: 767px)");
