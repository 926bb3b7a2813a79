import { useQueryClient } from "@tanstack/react-query";
import { startTransition, useEffect, useState } from "react";
import { RequireSession } from "@/features/auth";
import { useMatches } from "@/shared/lib/router";
import { Lazy, lazyPart } from "./lazy-part";
import { isPageHandle } from "./page";
import { Splash } from "./splash";

export const shell = lazyPart(async () => (await import("./shell/shell")).Shell);

const nothing = {};

/** What everybody who is signed in sees around their pages. */
export function Layout() {
  return (
    <RequireSession pending={<Splash />}>
      <OnceLoaded />
    </RequireSession>
  );
}

/** Code of the shell, code of the page and the person's rights are asked for at once: none waits for the one around it. */
function OnceLoaded() {
  const queryClient = useQueryClient();
  const matches = useMatches();
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    if (isLoaded) return;
    import("./rights").then(
      ({ prefetchRights }) => prefetchRights(queryClient),
      () => {},
    );
    const pages = matches.map(({ handle }) => handle).filter(isPageHandle);
    let isHere = true;
    // What fails is met again where it is drawn, inside the boundary that explains it.
    void Promise.allSettled([shell.preload(), ...pages.map((page) => page.preload())]).then(() => {
      // In pieces: the shell and its page are the most there ever is to draw at once, and a tap must not wait for all of it.
      if (isHere) startTransition(() => setLoaded(true));
    });
    return () => {
      isHere = false;
    };
  }, [isLoaded, matches, queryClient]);
  return isLoaded ? <Lazy part={shell} props={nothing} /> : <Splash />;
}
