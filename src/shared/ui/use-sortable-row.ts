import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/attach-closest-edge";
import { extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge";
import { type RefObject, useEffect, useRef, useState } from "react";

export type Edge = "top" | "bottom";

interface SortableRow {
  rowRef: RefObject<HTMLElement | null>;
  /** Where the row is taken hold of: elsewhere in it, text can be selected with the mouse. */
  handleRef: RefObject<Element | null>;
  /** Tells the rows of one list from those of another. */
  listKey: symbol;
  index: number;
  disabled: boolean;
  onDrop: (from: number, to: number) => void;
}

/** Makes a row one that can be dragged and dropped on. */
export function useSortableRow({ rowRef, handleRef, listKey, index, disabled, onDrop }: SortableRow) {
  const [isDragged, setDragged] = useState(false);
  const [edge, setEdge] = useState<Edge | null>(null);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });

  useEffect(() => {
    const element = rowRef.current;
    const dragHandle = handleRef.current;
    if (!element || !dragHandle || disabled) return;
    return combine(
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ listKey, index }),
        onDragStart: () => setDragged(true),
        onDrop: () => setDragged(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.listKey === listKey,
        getData: ({ input }) => attachClosestEdge({}, { element, input, allowedEdges: ["top", "bottom"] }),
        onDrag: ({ self, source }) => setEdge(source.data.index === index ? null : edgeOf(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null);
          const from = source.data.index;
          if (typeof from === "number") drop.current(from, placeAfter(from, index, edgeOf(self.data)));
        },
      }),
    );
  }, [rowRef, handleRef, listKey, index, disabled]);

  return { isDragged, edge };
}

/** The place of what came from `from` once it is dropped at an edge of the row at `target`. */
export function placeAfter(from: number, target: number, edge: Edge | null): number {
  const gap = edge === "bottom" ? target + 1 : target;
  return from < gap ? gap - 1 : gap;
}

function edgeOf(data: Record<string | symbol, unknown>): Edge | null {
  const edge = extractClosestEdge(data);
  return edge === "top" || edge === "bottom" ? edge : null;
}
