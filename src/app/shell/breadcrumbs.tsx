import { Fragment } from "react";
import { Link, useMatches } from "@/shared/lib/router";
import { ChevronRight } from "@/shared/ui/icons";
import { isPageHandle } from "../page";
import { useNavigation } from "./use-navigation";

interface Crumb {
  label: string;
  to?: string | undefined;
}

/** Where the person is: the section, the page above if there is one, the page. On a phone the page alone has room. */
export function Breadcrumbs() {
  const matches = useMatches();
  const { groups, current } = useNavigation();
  const handle = matches.map((match) => match.handle).findLast(isPageHandle);
  const section = groups.find(({ items }) => current && items.includes(current))?.label;
  const crumbs: Crumb[] = [
    ...(section ? [{ label: section }] : []),
    ...(handle?.under ? [{ label: handle.under.title, to: handle.under.path }] : []),
    { label: handle?.title ?? "" },
  ];
  return (
    <nav aria-label="Breadcrumbs" className="min-w-0">
      <ol className="flex items-center gap-1.5">
        {crumbs.map(({ label, to }, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <Fragment key={label}>
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
