import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { Link } from "@/shared/lib/router";
import { Check, ChevronRight, type LucideIcon } from "./icons";

const row =
  "flex h-control cursor-default items-center gap-2 rounded-[5px] px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover data-popup-open:bg-hover";

interface MenuProps {
  /** The button that opens the menu. */
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  /** For a menu whose code was loaded because its button was pressed. */
  defaultOpen?: boolean;
  children: ReactNode;
}

export function Menu({ trigger, align = "start", side = "bottom", defaultOpen = false, children }: MenuProps) {
  return (
    <Base.Root defaultOpen={defaultOpen}>
      <Base.Trigger render={trigger} />
      <Surface align={align} side={side}>
        {children}
      </Surface>
    </Base.Root>
  );
}

export function Submenu({ label, Icon, children }: { label: ReactNode; Icon?: LucideIcon; children: ReactNode }) {
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className={row}>
        <Content Icon={Icon}>{label}</Content>
        <ChevronRight aria-hidden="true" className="size-3.5 text-ink-3 rtl:rotate-180" />
      </Base.SubmenuTrigger>
      <Surface side="inline-end" align="start" sideOffset={2}>
        {children}
      </Surface>
    </Base.SubmenuRoot>
  );
}

function Surface({ children, sideOffset = 4, ...place }: Base.Positioner.Props) {
  return (
    <Base.Portal>
      {/* Fixed: when a phone is turned or narrowed, the old place would else widen the page that the new one is found in. */}
      <Base.Positioner
        sideOffset={sideOffset}
        positionMethod="fixed"
        collisionPadding={8}
        className="z-50 outline-none"
        {...place}
      >
        <Base.Popup className="motion-popup popup-surface max-h-(--available-height) max-w-[min(20rem,calc(100vw-1rem))] min-w-[max(11rem,var(--anchor-width))] overflow-y-auto p-1">
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

interface ItemProps {
  Icon?: LucideIcon;
  /** The keys that do the same, for the eye: the page itself listens to them. */
  shortcut?: string;
  disabled?: boolean;
  children: ReactNode;
}

export function MenuItem({
  tone = "plain",
  onSelect,
  Icon,
  shortcut,
  disabled = false,
  children,
}: ItemProps & { tone?: "plain" | "danger"; onSelect: () => void }) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onSelect}
      className={`${row} ${tone === "danger" ? "text-bad data-highlighted:bg-bad-soft" : ""}`}
    >
      <Content Icon={Icon} shortcut={shortcut} inherit={tone === "danger"}>
        {children}
      </Content>
    </Base.Item>
  );
}

export function MenuLink({ to, Icon, shortcut, children }: Omit<ItemProps, "disabled"> & { to: string }) {
  return (
    <Base.LinkItem render={<Link to={to} />} closeOnClick className={row}>
      <Content Icon={Icon} shortcut={shortcut}>
        {children}
      </Content>
    </Base.LinkItem>
  );
}

interface MenuCheckboxItemProps extends Omit<ItemProps, "Icon"> {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
}

/** Stays open: several are usually changed at once. */
export function MenuCheckboxItem({ checked, onCheckedChange, disabled = false, ...content }: MenuCheckboxItemProps) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onCheckedChange} disabled={disabled} className={row}>
      <Base.CheckboxItemIndicator keepMounted className={mark}>
        <Check aria-hidden="true" className="size-4" />
      </Base.CheckboxItemIndicator>
      <Content {...content} />
    </Base.CheckboxItem>
  );
}

const mark = "size-4 shrink-0 text-accent-text data-unchecked:invisible";

interface MenuRadioGroupProps<Value extends string> {
  label?: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; disabled?: boolean }[];
}

export function MenuRadioGroup<Value extends string>({
  label,
  value,
  onValueChange,
  options,
}: MenuRadioGroupProps<Value>) {
  return (
    <Base.Group>
      {label && <MenuLabel>{label}</MenuLabel>}
      <Base.RadioGroup value={value} onValueChange={onValueChange}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            disabled={option.disabled ?? false}
            closeOnClick
            className={row}
          >
            <Base.RadioItemIndicator keepMounted className={mark}>
              <Check aria-hidden="true" className="size-4" />
            </Base.RadioItemIndicator>
            <Content>{option.label}</Content>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <MenuLabel>{label}</MenuLabel>
      {children}
    </Base.Group>
  );
}

function MenuLabel({ children }: { children: ReactNode }) {
  return <Base.GroupLabel className="px-2 pt-2 pb-1 text-small wrap-anywhere text-ink-3">{children}</Base.GroupLabel>;
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}

interface ContentProps {
  Icon?: LucideIcon | undefined;
  shortcut?: string | undefined;
  /** The icon takes the colour of the letters. */
  inherit?: boolean;
  children: ReactNode;
}

function Content({ Icon, shortcut, inherit = false, children }: ContentProps) {
  return (
    <>
      {Icon && <Icon aria-hidden="true" className={`size-4 shrink-0 ${inherit ? "" : "text-ink-3"}`} />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut && <span className="ps-4 text-small text-ink-3 max-sm:hidden">{shortcut}</span>}
    </>
  );
}
