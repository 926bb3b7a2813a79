import { Combobox as Base } from "@base-ui/react/combobox";
import type { RefObject } from "react";
import { Check } from "./icons";
import { type Option, OptionContent, optionList, optionRow } from "./option";

interface ComboboxListProps {
  anchor?: RefObject<HTMLElement | null>;
  isLoading: boolean;
  status: string | null;
}

export function ComboboxList({ anchor, isLoading, status }: ComboboxListProps) {
  const note = isLoading ? "Searching …" : status;
  return (
    <Base.Portal>
      <Base.Positioner anchor={anchor} sideOffset={4} collisionPadding={8} className="z-50 outline-none">
        <Base.Popup aria-busy={isLoading || undefined} className={optionList}>
          <Base.Status className="px-2 text-ink-2 not-empty:py-1.5">{note}</Base.Status>
          <Base.Empty className="px-2 text-ink-2 not-empty:py-1.5">
            {note === null && "Nothing here matches what you typed."}
          </Base.Empty>
          <Base.List>
            {(option: Option) => (
              <Base.Item key={option.value} value={option} disabled={option.disabled ?? false} className={optionRow}>
                <OptionContent option={option} />
                <Base.ItemIndicator>
                  <Check aria-hidden="true" className="size-4 text-accent-text" />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

/** By name and by second line. */
export function useOptionFilter() {
  const { contains } = Base.useFilter();
  return (option: Option, query: string) =>
    contains(option.label, query) || (option.description !== undefined && contains(option.description, query));
}
