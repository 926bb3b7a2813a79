import { NavLink } from "@/shared/lib/router";
import { tabLook, tabRow } from "./tabs";

interface TabLinksProps {
  label: string;
  links: readonly { to: string; label: string; count?: number }[];
}

/** Tabs whose panels are pages of their own: links, and for a screen reader a navigation. */
export function TabLinks({ label, links }: TabLinksProps) {
  return (
    <nav aria-label={label} className={tabRow}>
      {links.map(({ to, label: name, count }) => (
        <NavLink key={to} to={to} end className={tabLook}>
          {name}
          {count !== undefined && <span className="font-normal text-ink-3">{count}</span>}
        </NavLink>
      ))}
    </nav>
  );
}
