import { Link } from "@/shared/lib/router";
import { Sheet } from "@/shared/ui/dialog";
import type { NavigationGroup, NavigationItem } from "../navigation";
import { personalItems } from "../navigation";

interface MoreSheetProps {
  groups: NavigationGroup[];
  current: NavigationItem | undefined;
  onClose: () => void;
}

/** Everything that has no place of its own at the bottom of a phone. */
export function MoreSheet({ groups, current, onClose }: MoreSheetProps) {
  const rest: NavigationGroup[] = [
    ...groups.map(({ label, items }) => ({ label, items: items.filter(({ onPhone }) => !onPhone) })),
    {
      label: "You",
      items: personalItems.filter(({ path }) => !groups.some(({ items }) => items.some((item) => item.path === path))),
    },
  ].filter(({ items }) => items.length > 0);
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title="More">
      <nav aria-label="More" className="space-y-4">
        {rest.map(({ label, items }) => (
          <div key={label ?? ""}>
            {label && <h3 className="pb-1 text-small text-ink-3">{label}</h3>}
            <ul aria-label={label ?? "Start"} className="-mx-2">
              {items.map((item) => (
                <li key={item.path}>
                  <Link
                    to={item.path}
                    onClick={onClose}
                    aria-current={item === current ? "page" : undefined}
                    className={`flex h-11 items-center gap-3 rounded-control px-2 font-medium ${item === current ? "text-accent-text" : ""}`}
                  >
                    <item.Icon aria-hidden="true" className="size-5 shrink-0" />
                    {item.label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </Sheet>
  );
}
