import { Link } from "@/shared/lib/router";
import { PanelLeft } from "@/shared/ui/icons";
import type { NavigationItem } from "../navigation";
import { OrganizationButton } from "./organization-button";
import { useCollapsed } from "./use-collapsed";
import { useNavigation } from "./use-navigation";

export function Sidebar() {
  const { groups, current } = useNavigation();
  const { isCollapsed, toggle } = useCollapsed();
  return (
    <aside
      data-collapsed={isCollapsed || undefined}
      className="sticky top-0 flex h-dvh w-55 shrink-0 flex-col gap-2 border-e border-line bg-sunken p-2.5 data-collapsed:w-14 data-collapsed:items-center data-collapsed:px-2"
    >
      <OrganizationButton isCollapsed={isCollapsed} />
      <nav
        aria-label="Main"
        className="-mx-1 min-h-0 w-[calc(100%+0.5rem)] flex-1 space-y-0.5 overflow-x-hidden overflow-y-auto px-1 pb-1"
      >
        {groups.map(({ label, items }) => (
          <div key={label ?? ""}>
            {label &&
              (isCollapsed ? (
                <hr className="mx-2 my-2 border-line" />
              ) : (
                <h2 className="px-2 pt-3 pb-1 text-[0.6875rem] leading-4 font-medium text-ink-3">{label}</h2>
              ))}
            <ul aria-label={label ?? "Start"} className="space-y-0.5">
              {items.map((item) => (
                <li key={item.path}>
                  <SidebarLink item={item} isCurrent={item === current} isCollapsed={isCollapsed} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <button
        type="button"
        onClick={toggle}
        aria-expanded={!isCollapsed}
        className={`${row} w-full text-ink-3 hover:bg-hover hover:text-ink ${isCollapsed ? "justify-center" : ""}`}
      >
        <PanelLeft aria-hidden="true" className="size-4 shrink-0" />
        <Name isCollapsed={isCollapsed}>{isCollapsed ? "Expand the sidebar" : "Collapse"}</Name>
      </button>
    </aside>
  );
}

const row = "group flex h-control items-center gap-2.5 rounded-control px-2 font-medium";

interface SidebarLinkProps {
  item: NavigationItem;
  isCurrent: boolean;
  isCollapsed: boolean;
}

function SidebarLink({ item: { path, label, Icon }, isCurrent, isCollapsed }: SidebarLinkProps) {
  const look = isCurrent
    ? "bg-surface text-ink shadow-low ring-1 ring-line"
    : "text-ink-2 hover:bg-hover hover:text-ink";
  return (
    <Link
      to={path}
      aria-current={isCurrent ? "page" : undefined}
      className={`${row} ${look} ${isCollapsed ? "justify-center" : ""}`}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <Name isCollapsed={isCollapsed}>{label}</Name>
    </Link>
  );
}

/** Beside the icon, or for as long as it is pointed at or has the focus. Fixed, or the list that scrolls would cut it off. */
function Name({ isCollapsed, children }: { isCollapsed: boolean; children: string }) {
  return (
    <span
      className={
        isCollapsed
          ? "pointer-events-none fixed start-14 z-30 ms-1 rounded-control bg-ink px-2 py-1 text-small text-canvas opacity-0 shadow-high group-hover:opacity-100 group-focus-visible:opacity-100"
          : "truncate"
      }
    >
      {children}
    </span>
  );
}
