import { Tabs as Base } from "@base-ui/react/tabs";
import { type ReactNode, useLayoutEffect, useRef } from "react";

interface TabsProps<Value extends string> {
  label: string;
  tabs: readonly { value: Value; label: string; count?: number; disabled?: boolean; panel: ReactNode }[];
  /** Kept in the address by whoever uses it, so that a link carries it. */
  value: Value;
  onChange: (value: Value) => void;
}

export const tabRow = "flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]";

/** A tab, and a link that looks like one. */
export const tabLook =
  "flex h-9 shrink-0 items-center gap-1.5 rounded-t-control border-b-2 border-transparent px-2.5 font-medium text-ink-2 -outline-offset-2 hover:text-ink data-disabled:opacity-50 aria-[current=page]:border-accent aria-[current=page]:text-ink aria-selected:border-accent aria-selected:text-ink max-sm:h-11";

export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>) {
  const list = useRef<HTMLDivElement>(null);
  const shown = useRef("");
  useLayoutEffect(() => {
    if (!list.current) return;
    // Counts come in later and move the tabs; where the person scrolls to meanwhile is left alone.
    const now = `${value} ${list.current.scrollWidth}`;
    if (now !== shown.current) showChosen(list.current);
    shown.current = now;
  });
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onChange(next)}>
      <Base.List ref={list} aria-label={label} activateOnFocus className={tabRow}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} disabled={tab.disabled ?? false} className={tabLook}>
            {tab.label}
            {tab.count !== undefined && <span className="font-normal text-ink-3">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="rounded-control pt-4">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}

/** On a phone the row can be wider than the screen. Only the row is moved: the page stays where it was. */
function showChosen(list: HTMLElement): void {
  const tab = list.querySelector('[role="tab"][aria-selected="true"]');
  if (!tab) return;
  const { left, width } = tab.getBoundingClientRect();
  list.scrollLeft += left + width / 2 - (list.getBoundingClientRect().left + list.clientWidth / 2);
}
