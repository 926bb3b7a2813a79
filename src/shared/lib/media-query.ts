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

// In rem and by the same comparison as the style sheet: whoever reads larger letters gets the narrow form earlier, all of it.
/** Below what the styles call md. */
export const useIsNarrow = () => useMediaQuery("(width < 48rem)");

/** Below what the styles call sm: places stand at the bottom instead of at the side. */
export const useIsPhone = () => useMediaQuery("(width < 40rem)");
