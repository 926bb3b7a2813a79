import { lazy, Suspense } from "react";
import { lateCode } from "@/shared/lib/late-code";
import { Search } from "@/shared/ui/icons";
import { Breadcrumbs } from "./breadcrumbs";
import { OrganizationButton } from "./organization-button";
import { useOpenPalette } from "./palette-provider";
import { UserButton } from "./user-button";

// No page waits for what keeps it up to date.
const liveSession = lateCode(() => import("./live-session"));
const LiveSession = lazy(async () => ({ default: (await liveSession()).LiveSession }));

const onMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function TopBar() {
  return (
    <header className="flex h-12 items-center gap-2.5 border-b border-line bg-surface px-5 max-sm:h-14 max-sm:gap-1 max-sm:ps-2 max-sm:pe-3">
      <div className="sm:hidden">
        <OrganizationButton isCollapsed />
      </div>
      <Breadcrumbs />
      <span className="flex-1" />
      <Suspense>
        <LiveSession />
      </Suspense>
      <SearchButton />
      <UserButton />
    </header>
  );
}

function SearchButton() {
  const open = useOpenPalette();
  return (
    <button
      type="button"
      onClick={open}
      aria-haspopup="dialog"
      aria-keyshortcuts={onMac ? "Meta+K" : "Control+K"}
      className="flex h-control items-center gap-2 rounded-control text-ink-3 hover:text-ink sm:w-70 sm:shrink sm:border sm:border-line sm:bg-canvas sm:px-2 sm:hover:border-line-strong max-md:sm:w-40 max-sm:size-control max-sm:justify-center max-sm:text-ink-2"
    >
      <Search aria-hidden="true" className="size-4 shrink-0 max-sm:size-5" />
      <span className="min-w-0 flex-1 truncate text-start max-sm:sr-only">Search or run a command</span>
      <span
        aria-hidden="true"
        className="rounded border border-line bg-surface px-1 font-sans text-[0.6875rem] leading-4 font-medium max-md:hidden"
      >
        {onMac ? "⌘ K" : "Ctrl K"}
      </span>
    </button>
  );
}
