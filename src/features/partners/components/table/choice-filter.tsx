import { solidColours } from "@/shared/ui/colour-names";
import { ChevronDown } from "@/shared/ui/icons";
import { Menu, MenuCheckboxItem, MenuItem, MenuSeparator } from "@/shared/ui/menu";
import { choiceOf } from "../../hooks/use-choices";
import type { Choice } from "../../types";

interface ChoiceFilterProps {
  label: string;
  choices: readonly Choice[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** A filter in use says what it leaves; the others only that they are there. */
export const filterChip =
  "inline-flex h-control max-w-60 shrink-0 items-center gap-1 rounded-full border px-3 whitespace-nowrap select-none";
export const chipLook = {
  off: "border-line-control border-dashed text-ink-2 hover:bg-hover hover:text-ink",
  on: "border-transparent bg-accent-soft text-accent-text hover:bg-accent-soft-hover",
} as const;

export function ChoiceFilter({ label, choices, chosen, onChange }: ChoiceFilterProps) {
  // What is chosen but no longer configured can still be taken away.
  const all = [
    ...choices,
    ...chosen.filter((key) => !choices.some((each) => each.key === key)).map((key) => choiceOf([], key)),
  ];
  const names = chosen.map((key) => choiceOf(choices, key).label).join(", ");
  return (
    <Menu
      trigger={
        <button type="button" className={`${filterChip} ${names ? chipLook.on : chipLook.off}`}>
          <span className="truncate">{names ? `${label}: ${names}` : label}</span>
          <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
        </button>
      }
    >
      {all.map(({ key, label: name, colour }) => (
        <MenuCheckboxItem
          key={key}
          checked={chosen.includes(key)}
          onCheckedChange={(checked) => onChange(checked ? [...chosen, key] : chosen.filter((each) => each !== key))}
        >
          <span className="flex items-center gap-2">
            {colour && <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${solidColours[colour]}`} />}
            <span className="truncate">{name}</span>
          </span>
        </MenuCheckboxItem>
      ))}
      {all.length === 0 && <p className="px-2 py-1 text-ink-2">Nothing is configured to choose from.</p>}
      {names && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => onChange([])}>Any</MenuItem>
        </>
      )}
    </Menu>
  );
}
