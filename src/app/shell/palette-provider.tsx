import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { showToast } from "@/shared/ui/toast";
import { Lazy, lazyPart } from "../lazy-part";

const palette = lazyPart(async () => (await import("../palette/palette")).Palette);

const OpenPalette = createContext<() => void>(() => {});

/** For whatever opens the command palette; Ctrl+K does so from everywhere. */
export const useOpenPalette = () => useContext(OpenPalette);

export function PaletteProvider({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  // Loaded at the first use: a first page does not wait for what most visits never open.
  const [isLoaded, setLoaded] = useState(false);
  const [{ open }] = useState(() => ({
    open() {
      setOpen(true);
      palette.preload().then(
        () => setLoaded(true),
        () => {
          setOpen(false);
          showToast({ tone: "bad", title: "The commands could not be loaded", description: "Try again in a moment." });
        },
      );
    },
  }));

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      // Else the browser's own search would open.
      event.preventDefault();
      open();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open]);

  return (
    <OpenPalette value={open}>
      {children}
      {isLoaded && <Lazy part={palette} props={{ isOpen, onOpenChange: setOpen }} />}
    </OpenPalette>
  );
}
