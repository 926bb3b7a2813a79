import { Fragment } from "react";
import { Link } from "@/shared/lib/router";
import { ChevronRight } from "./icons";

export interface Crumb {
  label: string;
  to?: string | undefined;
}

/** Where the person is, from the widest to the page itself. On a phone the page alone has room. */
export function Breadcrumbs({ crumbs, label = "Breadcrumbs" }: { crumbs: readonly Crumb[]; label?: string }) {
  return (
    <nav aria-label={label} className="min-w-0">
      <ol className="flex items-center gap-1.5">
        {crumbs.map(({ label, to }, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <Fragment key={isLast ? "page" : label}>
              {index > 0 && (
                <li aria-hidden="true" className="max-sm:hidden">
                  <ChevronRight className="size-3.5 text-ink-3 rtl:rotate-180" />
                </li>
              )}
              <li
                className={isLast ? "truncate text-sm font-semibold max-sm:text-base" : "text-ink-2 max-sm:hidden"}
                aria-current={isLast ? "page" : undefined}
              >
                {to ? (
                  <Link to={to} className="rounded-control hover:text-ink hover:underline">
                    {label}
                  </Link>
                ) : (
                  label
                )}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
