import { Link } from "@/shared/lib/router";
import { ChevronRight } from "@/shared/ui/icons";
import type { NavigationItem } from "../navigation";

/** What one can do at a place, and the way there. */
export function PlaceCard({ item: { path, label, description, Icon } }: { item: NavigationItem }) {
  return (
    <li>
      <Link
        to={path}
        className="group flex h-full items-start gap-3 rounded-card border border-line bg-surface p-4 shadow-low hover:border-line-strong hover:bg-hover"
      >
        <span className="grid size-8 shrink-0 place-items-center rounded-control bg-accent-soft text-accent-text">
          <Icon aria-hidden="true" className="size-4" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block font-semibold">{label}</span>
          <span className="block text-ink-2">{description}</span>
        </span>
        <ChevronRight
          aria-hidden="true"
          className="mt-1 size-4 shrink-0 text-ink-3 group-hover:text-ink rtl:rotate-180"
        />
      </Link>
    </li>
  );
}
