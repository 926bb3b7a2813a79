import { Logo } from "@/shared/ui/logo";

/** While it is not known yet who is there. Appears late, so that a quick answer shows no flicker. */
export function Splash() {
  return (
    <div data-splash role="status" className="grid min-h-dvh animate-late place-items-center">
      <Logo />
      <span className="sr-only">Loading</span>
    </div>
  );
}
