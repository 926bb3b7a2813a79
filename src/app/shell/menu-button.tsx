// A button whose menu comes in a file of its own: fetched when the page is at rest, or at the latest when it is pressed.
import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from "react";
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

  function load(wasPressed: boolean): Promise<void> {
    return preload().then(() =>
      setStage((before) =>
        before.loaded
          ? before
          : { loaded: true, wasPressed, hadFocus: ref.current?.contains(document.activeElement) ?? false },
      ),
    );
  }

  const atRest = useRef(() => {
    // It is asked for again when the button is pressed.
    load(false).catch(() => {});
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
          onClick={() =>
            load(true).catch(() =>
              showToast({ tone: "bad", title: "The menu could not be loaded", description: "Try again in a moment." }),
            )
          }
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
