import { type ColourName, solidColours } from "./colour-names";
import type { LucideIcon } from "./icons";

/** One of several things to choose from. */
export interface Option<Value extends string = string> {
  value: Value;
  label: string;
  /** A second line, also found by searching. */
  description?: string;
  colour?: ColourName;
  Icon?: LucideIcon;
  disabled?: boolean;
}

export function OptionContent({ option }: { option: Pick<Option, "label" | "description" | "colour" | "Icon"> }) {
  const { label, description, colour, Icon } = option;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      {colour && <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${solidColours[colour]}`} />}
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />}
      <span dir="auto" className="min-w-0">
        <span className="block truncate">{label}</span>
        {description && <span className="block truncate text-small text-ink-2">{description}</span>}
      </span>
    </span>
  );
}

/** A row in a list of options, for lists that open below a control. */
export const optionRow =
  "flex min-h-control cursor-default items-center gap-2 rounded-[5px] px-2 py-1 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover";

export const optionList =
  "motion-popup popup-surface max-h-[min(var(--available-height),20rem)] w-(--anchor-width) max-w-(--available-width) min-w-40 scroll-py-1 overflow-y-auto overscroll-contain p-1";
