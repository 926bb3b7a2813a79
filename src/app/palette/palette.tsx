import { Dialog } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { type ReactNode, useState } from "react";
import { useNavigate } from "@/shared/lib/router";
import { ChevronRight, type LucideIcon, Search } from "@/shared/ui/icons";
import { type Command, matching } from "./commands";
import "./providers";
import { recentCommands, rememberCommand } from "./recent-commands";
import { useCommands } from "./use-commands";
import { useSearch } from "./use-search";

interface PaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Where to go and what to do, by typing. */
export function Palette({ isOpen, onOpenChange }: PaletteProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="motion-fade fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup className="motion-popup fixed inset-x-0 top-[12vh] z-50 mx-auto w-[min(36rem,calc(100vw-1.5rem))] overflow-hidden rounded-card border border-line bg-raised text-ink shadow-high outline-none max-sm:top-3">
          <Dialog.Title className="sr-only">Search or run a command</Dialog.Title>
          <Commands close={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Commands({ close }: { close: () => void }) {
  const [text, setText] = useState("");
  const [recent] = useState(recentCommands);
  const commands = useCommands();
  const { groups: found, isSearching, failed } = useSearch(text);
  const navigate = useNavigate();

  function run(command: Command) {
    rememberCommand(command.id);
    // First out of the way: what is run may open a page that takes the focus.
    close();
    command.run();
  }

  const shown = groupsOf(commands, text, recent);
  const isEmpty = shown.length === 0 && found.every(({ results }) => results.length === 0);
  return (
    // It is filtered here and in the database; cmdk moves through what is left.
    <Cmdk shouldFilter={false} loop label="Commands">
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
        <Cmdk.Input
          value={text}
          onValueChange={setText}
          placeholder="Search or run a command"
          className="h-12 min-w-0 flex-1 bg-transparent text-[0.9375rem] outline-none placeholder:text-ink-3"
        />
        <span
          aria-hidden="true"
          className="rounded border border-line px-1 font-sans text-[0.6875rem] leading-4 text-ink-3 max-sm:hidden"
        >
          Esc
        </span>
      </div>
      <Cmdk.List label="Results" className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
        {shown.map(({ heading, commands: some }) => (
          <Group key={heading} heading={heading}>
            {some.map((command) => (
              <Row
                key={command.id}
                value={`${heading}:${command.id}`}
                Icon={command.Icon}
                onSelect={() => run(command)}
              >
                {command.label}
              </Row>
            ))}
          </Group>
        ))}
        {found.map(
          ({ key, label, results }) =>
            results.length > 0 && (
              <Group key={key} heading={label}>
                {results.map((result) => (
                  <Row
                    key={result.id}
                    value={`${key}:${result.id}`}
                    Icon={ChevronRight}
                    detail={result.detail}
                    onSelect={() => {
                      close();
                      void navigate(result.to);
                    }}
                  >
                    {result.label}
                  </Row>
                ))}
              </Group>
            ),
        )}
      </Cmdk.List>
      <p role="status" className="px-4 text-ink-2 not-empty:pb-4">
        {isSearching && "Searching …"}
        {!isSearching && failed && "Some results could not be loaded. Type again to try once more."}
        {!isSearching && !failed && isEmpty && `Nothing is called “${text.trim()}”. Try another word.`}
      </p>
      <p aria-hidden="true" className="flex gap-4 border-t border-line px-4 py-2 text-small text-ink-3 max-sm:hidden">
        <span>↑ ↓ to choose</span>
        <span>Enter to go</span>
        <span>Esc to close</span>
      </p>
    </Cmdk>
  );
}

interface ShownGroup {
  heading: string;
  commands: Command[];
}

/** Grouped, in the order of the nearest; what was used last comes first while nothing is typed. */
function groupsOf(commands: Command[], text: string, recent: string[]): ShownGroup[] {
  const groups = new Map<string, Command[]>();
  if (text.trim() === "") {
    const used = recent.flatMap((id) => commands.filter((command) => command.id === id));
    if (used.length > 0) groups.set("Recent", used);
  }
  for (const command of matching(commands, text))
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups].map(([heading, some]) => ({ heading, commands: some }));
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&>[cmdk-group-heading]]:px-2.5 [&>[cmdk-group-heading]]:pt-2 [&>[cmdk-group-heading]]:pb-1 [&>[cmdk-group-heading]]:text-small [&>[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Cmdk.Group>
  );
}

interface RowProps {
  value: string;
  Icon: LucideIcon;
  detail?: string | undefined;
  onSelect: () => void;
  children: string;
}

function Row({ value, Icon, detail, onSelect, children }: RowProps) {
  return (
    <Cmdk.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 select-none data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-text max-sm:h-11"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      <bdi className="truncate">{children}</bdi>
      {detail && <bdi className="ms-auto truncate text-small text-ink-3">{detail}</bdi>}
    </Cmdk.Item>
  );
}
