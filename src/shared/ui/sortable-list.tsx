import { type ReactNode, useRef, useState } from "react";
import { IconButton } from "./icon-button";
import { ChevronDown, ChevronUp, GripVertical } from "./icons";
import { type Edge, useSortableRow } from "./use-sortable-row";

interface SortableItem {
  id: string;
  /** What it is called when its move is read out. */
  label: string;
}

interface SortableListProps<Item extends SortableItem> {
  label: string;
  items: readonly Item[];
  onReorder: (items: Item[]) => void;
  children: (item: Item) => ReactNode;
  disabled?: boolean;
}

/** An order that people give: dragged with the pointer, or moved with the two buttons of each row. */
export function SortableList<Item extends SortableItem>({
  label,
  items,
  onReorder,
  children,
  disabled = false,
}: SortableListProps<Item>) {
  const [told, setTold] = useState("");
  // Rows of another list on the same page are not taken.
  const [listKey] = useState(() => Symbol("sortable list"));

  function move(from: number, to: number) {
    const item = items[from];
    if (!item || from === to || to < 0 || to >= items.length) return;
    const next = items.toSpliced(from, 1).toSpliced(to, 0, item);
    onReorder(next);
    setTold(`${item.label} is now ${to + 1} of ${items.length}.`);
  }

  function moveByButton(button: HTMLElement, from: number, to: number) {
    move(from, to);
    // The browser lets go of the focus when a row changes its place.
    requestAnimationFrame(() => button.isConnected && button.focus());
  }

  return (
    <>
      <ol aria-label={label} className="divide-y divide-line rounded-control border border-line bg-surface">
        {items.map((item, index) => (
          <Row
            key={item.id}
            listKey={listKey}
            index={index}
            disabled={disabled}
            onDrop={move}
            buttons={
              <>
                <IconButton
                  label={`Move ${item.label} up`}
                  Icon={ChevronUp}
                  // Kept focusable at the end of the way, or the focus would be lost there.
                  aria-disabled={disabled || index === 0}
                  className="aria-disabled:opacity-40"
                  onClick={({ currentTarget }) => !disabled && moveByButton(currentTarget, index, index - 1)}
                />
                <IconButton
                  label={`Move ${item.label} down`}
                  Icon={ChevronDown}
                  aria-disabled={disabled || index === items.length - 1}
                  className="aria-disabled:opacity-40"
                  onClick={({ currentTarget }) => !disabled && moveByButton(currentTarget, index, index + 1)}
                />
              </>
            }
          >
            {children(item)}
          </Row>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {told}
      </p>
    </>
  );
}

interface RowProps {
  listKey: symbol;
  index: number;
  disabled: boolean;
  onDrop: (from: number, to: number) => void;
  buttons: ReactNode;
  children: ReactNode;
}

const edges: Record<Edge, string> = {
  top: "before:-top-px",
  bottom: "before:-bottom-px",
};

function Row({ listKey, index, disabled, onDrop, buttons, children }: RowProps) {
  const rowRef = useRef<HTMLLIElement>(null);
  const handleRef = useRef<HTMLSpanElement>(null);
  const { isDragged, edge } = useSortableRow({ rowRef, handleRef, listKey, index, disabled, onDrop });
  return (
    <li
      ref={rowRef}
      className={`relative flex min-h-row items-center gap-1 ps-1 pe-1 ${isDragged ? "opacity-40" : ""} ${edge ? `before:absolute before:inset-x-0 before:z-[1] before:h-0.5 before:bg-select ${edges[edge]}` : ""}`}
    >
      <span
        ref={handleRef}
        aria-hidden="true"
        className={`self-stretch ${disabled ? "" : "cursor-grab active:cursor-grabbing"}`}
      >
        <GripVertical className="h-full w-4 text-ink-3" />
      </span>
      <div className="min-w-0 flex-1 py-1">{children}</div>
      {/* One above the other on a phone, where the width is for what stands in the row. */}
      <div className="flex gap-1 max-sm:flex-col max-sm:gap-0">{buttons}</div>
    </li>
  );
}
