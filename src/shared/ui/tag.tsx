import type { ReactNode } from "react";
import { type ColourName, tintedColours } from "./colour-names";
import { X } from "./icons";

interface TagProps {
  colour?: ColourName;
  /** Adds a button that takes the tag away; its name says which. */
  onRemove?: { label: string; run: () => void };
  children: ReactNode;
}

export function Tag({ colour, onRemove, children }: TagProps) {
  return (
    <span
      className={`inline-flex h-5 max-w-full items-center rounded-[4px] text-[0.75rem] whitespace-nowrap ${colour ? tintedColours[colour] : "bg-mute-soft text-ink-2"}`}
    >
      <span className="truncate px-1.5">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={onRemove.label}
          onClick={onRemove.run}
          className="relative -ms-1 grid h-5 w-5 shrink-0 place-items-center rounded-[4px] opacity-80 after:absolute after:-inset-1 hover:opacity-100 pointer-coarse:after:-inset-3"
        >
          <X aria-hidden="true" className="size-3" />
        </button>
      )}
    </span>
  );
}
