import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactElement, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { Button } from "./button";
import { X } from "./icons";

const widths = { small: "sm:max-w-md", medium: "sm:max-w-xl", large: "sm:max-w-3xl" } as const;

export interface OverlayProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it, where it is not opened from elsewhere. */
  trigger?: ReactElement;
  title: string;
  description?: ReactNode;
  /** Where the focus goes first; otherwise to the first thing that takes it. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** The buttons at the lower end, the one that goes on last. */
  footer?: ReactNode;
  /** A press beside it does not close: for forms, where a slip would lose what was typed. */
  keepOpen?: boolean;
  children?: ReactNode;
}

export function Dialog({ size = "medium", ...props }: OverlayProps & { size?: keyof typeof widths }) {
  return (
    <Overlay
      {...props}
      className={`motion-popup m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] rounded-card border border-line ${widths[size]}`}
    />
  );
}

/** Beside the page where there is room, from below on a phone: what belongs to the page stays in view. */
export function Sheet(props: OverlayProps) {
  return (
    <Overlay
      {...props}
      className="motion-sheet ms-auto h-dvh w-[min(30rem,100vw)] border-s border-line max-sm:mt-auto max-sm:h-auto max-sm:max-h-[90dvh] max-sm:w-full max-sm:rounded-t-card max-sm:border-s-0 max-sm:border-t max-sm:pb-[env(safe-area-inset-bottom)]"
    />
  );
}

function Overlay({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  initialFocus,
  footer,
  keepOpen = false,
  className,
  children,
}: OverlayProps & { className: string }) {
  return (
    <Base.Root
      {...(open !== undefined && { open })}
      onOpenChange={(next) => onOpenChange?.(next)}
      disablePointerDismissal={keepOpen}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-40 flex">
          <Base.Popup
            initialFocus={initialFocus}
            className={`flex min-w-0 flex-col bg-raised text-ink shadow-high outline-none ${className}`}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1 space-y-1">
                <Base.Title className="text-base leading-7 font-semibold wrap-anywhere">{title}</Base.Title>
                {description && <Base.Description className="text-ink-2">{description}</Base.Description>}
              </div>
              {/* Without a tooltip, which would take the first Escape for itself. */}
              <Base.Close
                render={
                  <Button look="quiet" square aria-label="Close" className="-me-1.5">
                    <X aria-hidden="true" className="size-4" />
                  </Button>
                }
              />
            </header>
            <Content>{children}</Content>
            {footer && (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 max-sm:flex-col-reverse">
                {footer}
              </footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** Text that is longer than the window takes the focus, or the keyboard could not scroll it. */
function Content({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [isScrolled, setScrolled] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element) setScrolled(element.scrollHeight > element.clientHeight);
  });
  return (
    <div
      ref={ref}
      {...(isScrolled && { tabIndex: 0 })}
      className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 -outline-offset-2"
    >
      {children}
    </div>
  );
}

/** A button that closes the dialog or sheet it stands in. */
export function OverlayClose({ children }: { children: ReactElement }) {
  return <Base.Close render={children} />;
}
