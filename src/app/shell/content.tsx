import { Suspense, useEffect, useRef } from "react";
import { Outlet, useLocation, useNavigationType } from "@/shared/lib/router";
import { PageSkeleton } from "@/shared/ui/skeleton";

export const MAIN_ID = "content";

export function Content() {
  const ref = useRef<HTMLElement>(null);
  const shown = useRef<string>(null);
  const { pathname } = useLocation();
  const stepped = useNavigationType() !== "POP";
  // After a step inside the app, reading and tabbing go on at the new page and not at the top of the window.
  useEffect(() => {
    if (stepped && shown.current !== pathname) ref.current?.focus({ preventScroll: true });
    shown.current = pathname;
  }, [pathname, stepped]);
  return (
    <main
      ref={ref}
      id={MAIN_ID}
      tabIndex={-1}
      className="mx-auto w-full max-w-7xl flex-1 px-5 py-5 outline-none max-sm:px-4 max-sm:py-4"
    >
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </main>
  );
}
