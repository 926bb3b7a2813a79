import { useState } from "react";
import { Link, useLocation } from "@/shared/lib/router";
import { Ellipsis, type LucideIcon } from "@/shared/ui/icons";
import { showToast } from "@/shared/ui/toast";
import { Lazy, lazyPart } from "../lazy-part";
import { useNavigation } from "./use-navigation";

const more = lazyPart(async () => (await import("./more-sheet")).MoreSheet);

const PLACES = 4;

/** On a phone: the places one goes to most within a thumb's reach, the rest under More. */
export function BottomNavigation() {
  const { groups, current, isPending } = useNavigation();
  const { key } = useLocation();
  // Open for one step only: whoever goes somewhere has left the sheet.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const isOpen = openAt === key;
  const items = groups.flatMap((group) => group.items.filter(({ onPhone }) => onPhone)).slice(0, PLACES);
  // Until it is known what this person may see, the places stand where most people's will.
  const columns = isPending ? PLACES + 1 : items.length + 1;
  const isElsewhere = isOpen || (current !== undefined && !items.includes(current));

  async function open() {
    try {
      await more.preload();
      setOpenAt(key);
    } catch {
      showToast({ tone: "bad", title: "The rest could not be loaded", description: "Try again in a moment." });
    }
  }

  return (
    <>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-20 grid h-[calc(4.5rem+env(safe-area-inset-bottom))] border-t border-line bg-surface px-1.5 pt-1 pb-[calc(0.5rem+env(safe-area-inset-bottom))]"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {items.map((item) => (
          <Link
            key={item.path}
            to={item.path}
            aria-current={item === current ? "page" : undefined}
            className={`${place} ${item === current && !isOpen ? "text-accent-text" : "text-ink-3"}`}
          >
            <Label Icon={item.Icon}>{item.label}</Label>
          </Link>
        ))}
        <button
          type="button"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={open}
          style={{ gridColumnStart: columns }}
          className={`${place} ${isElsewhere ? "text-accent-text" : "text-ink-3"}`}
        >
          <Label Icon={Ellipsis}>More</Label>
        </button>
      </nav>
      {isOpen && <Lazy part={more} props={{ groups, current, onClose: () => setOpenAt(null) }} />}
    </>
  );
}

const place = "flex min-w-0 flex-col items-center justify-center gap-0.5 rounded-control text-[0.6875rem] font-medium";

function Label({ Icon, children }: { Icon: LucideIcon; children: string }) {
  return (
    <>
      <Icon aria-hidden="true" className="size-5.5" />
      <span className="max-w-full truncate px-0.5 leading-3.5 max-[22rem]:px-0 max-[22rem]:text-[0.625rem] max-[22rem]:tracking-[-0.05em]">
        {children}
      </span>
    </>
  );
}
