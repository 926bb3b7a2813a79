import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

interface TooltipProps {
  /** Repeats what the thing is called or adds a hint. Nothing a person needs may stand here alone: a finger cannot hover. */
  label: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  /** One element that takes the pointer and the focus, such as a button. */
  children: ReactElement;
}

export function Tooltip({ label, side = "top", children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={350} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-60">
          <Base.Popup className="motion-popup flex max-w-64 items-center gap-2 rounded-control bg-ink px-2 py-1 text-small text-canvas shadow-high">
            {label}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
