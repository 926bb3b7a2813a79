import { AccountMenu, RequireSession } from "@/features/auth";
import { paths } from "@/shared/lib/paths";
import { Link, Outlet } from "@/shared/lib/router";
import { Logo } from "@/shared/ui/logo";

export function Layout() {
  return (
    <RequireSession>
      <header className="sticky top-0 z-10 flex h-12 items-center border-b border-line bg-surface px-5 max-sm:h-14 max-sm:px-4">
        <Link to={paths.home} className="rounded-control">
          <Logo />
        </Link>
        <span className="flex-1" />
        <AccountMenu />
      </header>
      <Outlet />
    </RequireSession>
  );
}
