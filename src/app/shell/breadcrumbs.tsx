import { useShownTitle } from "@/shared/lib/page-title";
import { useMatches } from "@/shared/lib/router";
import { type Crumb, Breadcrumbs as Trail } from "@/shared/ui/breadcrumbs";
import { isPageHandle } from "../page";
import { useNavigation } from "./use-navigation";

/** The section, the page above if there is one, the page. */
export function Breadcrumbs() {
  const matches = useMatches();
  const { groups, current } = useNavigation();
  const title = useShownTitle();
  const handle = matches.map((match) => match.handle).findLast(isPageHandle);
  const section = groups.find(({ items }) => current && items.includes(current))?.label;
  const crumbs: Crumb[] = [
    ...(section ? [{ label: section }] : []),
    ...(handle?.under ? [{ label: handle.under.title, to: handle.under.path }] : []),
    // A page below another one shows one of many, and knows its name.
    { label: (handle?.under && title) ?? handle?.title ?? "" },
  ];
  return <Trail crumbs={crumbs} />;
}
