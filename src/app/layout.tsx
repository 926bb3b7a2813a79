import { Suspense, useEffect, useRef } from "react";
import { AccountMenu, RequireSession } from "@/features/auth";
import { paths } from "@/shared/lib/paths";
import { Link, Outlet, useLocation, useNavigationType } from "@/shared/lib/router";
import { Logo } from "@/shared/ui/logo";
import { PageSkeleton } from "@/shared/ui/skeleton";
import { Splash } from "./splash";

export function Layout() {
  return (
    <RequireSession pending={<Splash />}>
      <header className="sticky top-0 z-10 flex h-12 items-center gap-2 border-b border-line bg-surface px-5 max-sm:h-14 max-sm:px-4">
        <Link to={paths.home} className="flex rounded-control">
          <Logo />
        </Link>
        <span className="flex-1" />
        <AccountMenu />
      </header>
      <Content />
    </RequireSession>
  );
}

function Content() {
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
    <main ref={ref} tabIndex={-1} className="mx-auto w-full max-w-6xl px-5 py-5 outline-none max-sm:px-4">
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </main>
  );
}
