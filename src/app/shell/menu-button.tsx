// A button whose menu comes in a file of its own: fetched when the page is at rest, or at the latest when it is pressed.
import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { showToast } from "@/shared/ui/toast";
import { Lazy, type LazyPart } from "../lazy-part";

export interface LoadedMenuProps {
  trigger: ReactElement;
  defaultOpen: boolean;
}

interface MenuButtonProps {
  menu: LazyPart<LoadedMenuProps>;
  /** The button as it looks; what it does is the menu's. */
  look: { className: string; children: ReactElement };
}

type Stage = { loaded: false } | { loaded: true; wasPressed: boolean; hadFocus: boolean };

export function MenuButton({ menu, look }: MenuButtonProps) {
  const [stage, setStage] = useState<Stage>({ loaded: false });
  const ref = useRef<HTMLSpanElement>(null);
  const { preload } = menu;

  // Noted apart from the stage: it may be pressed while it is being fetched anyway.
  const wasPressed = useRef(false);

  async function load(): Promise<void> {
    await preload();
    // At once: whoever reached the button after its focus was noted, and before it is exchanged, would lose their place.
    flushSync(() =>
      setStage((before) =>
        before.loaded
          ? before
          : {
              loaded: true,
              wasPressed: wasPressed.current,
              hadFocus: ref.current?.contains(document.activeElement) ?? false,
            },
      ),
    );
  }

  function press() {
    wasPressed.current = true;
    load().catch(() => {
      wasPressed.current = false;
      showToast({ tone: "bad", title: "The menu could not be loaded", description: "Try again in a moment." });
    });
  }

  const atRest = useRef(() => {
    // It is asked for again when the button is pressed.
    load().catch(() => {});
  });
  useEffect(() => whenAtRest(atRest.current), []);

  const regainsFocus = stage.loaded && stage.hadFocus && !stage.wasPressed;
  useLayoutEffect(() => {
    if (regainsFocus) ref.current?.querySelector("button")?.focus();
  }, [regainsFocus]);

  return (
    <span ref={ref} className="contents">
      {stage.loaded ? (
        <Lazy part={menu} props={{ trigger: <button type="button" {...look} />, defaultOpen: stage.wasPressed }} />
      ) : (
        <button
          type="button"
          aria-haspopup="menu"
          aria-expanded="false"
          // With a mouse at the first moment: the button that is pressed may be another one by the time it is let go.
          onPointerDown={({ pointerType, button }) => {
            if (pointerType === "mouse" && button === 0) press();
          }}
          onClick={press}
          {...look}
        />
      )}
    </span>
  );
}

function whenAtRest(act: () => void): () => void {
  // Not in every browser.
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, 1_000);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(act, { timeout: 3_000 });
  return () => window.cancelIdleCallback(handle);
}
