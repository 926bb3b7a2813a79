import { useEffect, useRef, useState } from "react";
import type { Option } from "./option";

/** Options that are all there, or those a search brings. */
export type OptionSource =
  | { options: readonly Option[]; loadOptions?: never; known?: never }
  | {
      options?: never;
      /** What a search finds; asked again with each letter, so the one before is called off through the signal. */
      loadOptions: (query: string, signal: AbortSignal) => Promise<readonly Option[]>;
      /** The options of the values that are chosen already, for their labels. */
      known?: readonly Option[];
    };

const PAUSE = 150;

export function useOptions({ options, loadOptions, known }: OptionSource) {
  const [found, setFound] = useState<readonly Option[]>([]);
  const [status, setStatus] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(false);
  const chosen = useRef(new Map<string, Option>());
  const request = useRef<AbortController>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      request.current?.abort();
    },
    [],
  );

  async function load(query: string) {
    if (!loadOptions) return;
    request.current?.abort();
    const controller = new AbortController();
    request.current = controller;
    try {
      const answer = await loadOptions(query, controller.signal);
      if (controller.signal.aborted) return;
      setFound(answer);
      setStatus(answer.length === 0 ? `Nothing found for “${query}”.` : null);
    } catch (error) {
      if (controller.signal.aborted) return;
      setFound([]);
      setStatus(error instanceof Error ? error.message : "The search did not work. Try again.");
    }
    setLoading(false);
  }

  const all = options ?? found;
  return {
    items: all,
    isAsync: loadOptions !== undefined,
    isLoading,
    status,
    /** The option of a value, also when the last search did not bring it. */
    find: (value: string): Option =>
      all.find((option) => option.value === value) ??
      known?.find((option) => option.value === value) ??
      chosen.current.get(value) ?? { value, label: value },
    remember: (option: Option) => void chosen.current.set(option.value, option),
    search: (query: string, pause = PAUSE) => {
      if (!loadOptions) return;
      clearTimeout(timer.current);
      setLoading(true);
      timer.current = setTimeout(() => void load(query), pause);
    },
  };
}
