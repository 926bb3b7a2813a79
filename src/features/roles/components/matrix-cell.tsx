import type { CellScope } from "../rights";
import { ScopeMark } from "./scope-mark";

interface MatrixCellProps {
  place: string;
  scope: CellScope;
  label: string;
  /** Why it cannot be changed. */
  lock: string | null;
  isChanged: boolean;
  /** The one that Tab leads to. */
  isActive: boolean;
  onFocus: () => void;
  onCycle: () => void;
}

export function MatrixCell({ place, scope, label, lock, isChanged, isActive, onFocus, onCycle }: MatrixCellProps) {
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid that keys change.
      role="gridcell"
      data-place={place}
      tabIndex={isActive ? 0 : -1}
      aria-label={isChanged ? `${label}, not saved yet` : label}
      aria-readonly={lock !== null}
      title={lock ?? undefined}
      onFocus={onFocus}
      onClick={onCycle}
      onKeyDown={(event) => {
        if (event.key !== " " && event.key !== "Enter") return;
        event.preventDefault();
        onCycle();
      }}
      className={`relative h-row border-b border-line px-2 outline-accent select-none focus:-outline-offset-2 focus-visible:outline-2 ${lock === null ? "cursor-pointer hover:bg-accent-soft!" : "cursor-default"} ${isChanged ? "bg-select-soft" : "group-hover:bg-hover"}`}
    >
      <span className={`flex items-center justify-center ${lock === null ? "" : "opacity-75"}`}>
        <ScopeMark scope={scope} />
      </span>
      {isChanged && <span aria-hidden="true" className="absolute end-1 top-1 size-1.5 rounded-full bg-accent" />}
    </td>
  );
}
