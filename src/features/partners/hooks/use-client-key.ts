import { useRef } from "react";

/** One key for as long as the form stands: sent twice, or again after a lost answer, it makes one row. */
export function useClientKey() {
  const key = useRef<string>(null);
  return {
    get: () => {
      key.current ??= crypto.randomUUID();
      return key.current;
    },
    /** The next one is another row. */
    renew: () => {
      key.current = null;
    },
  };
}
