// Moving through the matrix with the keys of a grid: one cell takes the Tab, the arrows go on from there.
import { type KeyboardEvent, type RefObject, useState } from "react";

export interface Place {
  row: number;
  column: number;
}

interface Size {
  rows: number;
  columns: number;
}

/** Where a key leads, or null where it is not for the grid. */
export function placeAfter(key: string, withControl: boolean, { row, column }: Place, size: Size): Place | null {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const within = (place: Place): Place => ({
    row: Math.max(0, Math.min(last.row, place.row)),
    column: Math.max(0, Math.min(last.column, place.column)),
  });
  switch (key) {
    case "ArrowUp":
      return within({ row: withControl ? 0 : row - 1, column });
    case "ArrowDown":
      return within({ row: withControl ? last.row : row + 1, column });
    case "ArrowLeft":
      return within({ row, column: withControl ? 0 : column - 1 });
    case "ArrowRight":
      return within({ row, column: withControl ? last.column : column + 1 });
    case "Home":
      return within({ row: withControl ? 0 : row, column: 0 });
    case "End":
      return within({ row: withControl ? last.row : row, column: last.column });
    case "PageUp":
      return within({ row: row - 8, column });
    case "PageDown":
      return within({ row: row + 8, column });
    default:
      return null;
  }
}

export function useMatrixKeys(grid: RefObject<HTMLElement | null>, size: Size) {
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  // A role may have gone meanwhile.
  const place = { row: Math.min(active.row, size.rows - 1), column: Math.min(active.column, size.columns - 1) };

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const target = event.target instanceof HTMLElement ? event.target.closest("[data-place]") : null;
    // A button in the header has keys of its own.
    if (!target) return;
    const next = placeAfter(event.key, event.ctrlKey || event.metaKey, place, size);
    if (!next) return;
    event.preventDefault();
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-place="${next.row}-${next.column}"]`)?.focus();
  }

  return { active: place, setActive, onKeyDown };
}
