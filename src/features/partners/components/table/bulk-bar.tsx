import { useState } from "react";
import { toAppError } from "@/shared/lib/errors";
import { Button } from "@/shared/ui/button";
import { Archive, ArchiveRestore, ChevronDown, X } from "@/shared/ui/icons";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "@/shared/ui/menu";
import { Popover } from "@/shared/ui/popover";
import { showToast } from "@/shared/ui/toast";
import { useChoices } from "../../hooks/use-choices";
import type { PartnerRights } from "../../hooks/use-partner-rights";
import type { BulkDeed, DirectoryMutations } from "../../hooks/use-partners-directory";
import { PersonField } from "../shared/person-field";

interface BulkBarProps {
  ids: string[];
  archived: boolean;
  rights: PartnerRights;
  mutations: DirectoryMutations;
  onClear: () => void;
}

/** What can be done with the selected partners, within reach whatever is scrolled. */
export function BulkBar({ ids, archived, rights, mutations, onClear }: BulkBarProps) {
  const { statuses, tiers, tags } = useChoices();
  const [isBusy, setBusy] = useState(false);

  async function run(act: () => Promise<void>) {
    if (isBusy) return;
    setBusy(true);
    try {
      await act();
      onClear();
    } catch (cause) {
      // The selection stays: another try needs no second selecting.
      showToast({ tone: "bad", title: "The partners could not be changed", description: toAppError(cause).message });
    } finally {
      setBusy(false);
    }
  }
  const update = (deed: BulkDeed) => void run(() => mutations.bulkUpdate(ids, deed));
  const verb = ids.length === 1 ? "is" : "are";

  return (
    <section
      aria-label="Selected partners"
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full flex-wrap items-center gap-1 rounded-card border border-line bg-raised p-1.5 shadow-high max-sm:bottom-[calc(5rem+env(safe-area-inset-bottom))]"
    >
      <p role="status" className="px-2 font-medium">
        {ids.length} selected
      </p>
      {!archived && (
        <>
          <Menu trigger={<BarButton busy={isBusy}>Status</BarButton>} side="top">
            {statuses.map(({ key, label }) => (
              <MenuItem key={key} onSelect={() => update({ change: { status: key }, told: `${verb} now ${label}` })}>
                {label}
              </MenuItem>
            ))}
          </Menu>
          <Menu trigger={<BarButton busy={isBusy}>Tier</BarButton>} side="top">
            {tiers.map(({ key, label }) => (
              <MenuItem key={key} onSelect={() => update({ change: { tier: key }, told: `${verb} now ${label}` })}>
                {label}
              </MenuItem>
            ))}
            <MenuSeparator />
            <MenuItem onSelect={() => update({ change: { tier: null }, told: `${verb} without a tier now` })}>
              No tier
            </MenuItem>
          </Menu>
          {rights.mayChooseOwner && <OwnerButton isBusy={isBusy} onChoose={update} />}
          <Menu trigger={<BarButton busy={isBusy}>Tags</BarButton>} side="top">
            <MenuGroup label="Add">
              {tags.map(({ key, label }) => (
                <MenuItem
                  key={key}
                  onSelect={() => update({ change: { addTags: [key] }, told: `${verb} tagged ${label}` })}
                >
                  {label}
                </MenuItem>
              ))}
            </MenuGroup>
            <MenuSeparator />
            <MenuGroup label="Take away">
              {tags.map(({ key, label }) => (
                <MenuItem
                  key={key}
                  onSelect={() => update({ change: { removeTags: [key] }, told: `${verb} no longer tagged ${label}` })}
                >
                  {label}
                </MenuItem>
              ))}
            </MenuGroup>
          </Menu>
        </>
      )}
      {rights.mayArchive && (
        <Button look="quiet" busy={isBusy} onClick={() => void run(() => mutations.archive(ids, !archived))}>
          {archived ? (
            <ArchiveRestore aria-hidden="true" className="size-4" />
          ) : (
            <Archive aria-hidden="true" className="size-4" />
          )}
          {archived ? "Bring back" : "Archive"}
        </Button>
      )}
      <Button look="quiet" square aria-label="Clear the selection" onClick={onClear}>
        <X aria-hidden="true" className="size-4" />
      </Button>
    </section>
  );
}

function BarButton({ children, ...rest }: React.ComponentProps<typeof Button>) {
  return (
    <Button look="quiet" {...rest}>
      {children}
      <ChevronDown aria-hidden="true" className="size-3.5" />
    </Button>
  );
}

function OwnerButton({ isBusy, onChoose }: { isBusy: boolean; onChoose: (deed: BulkDeed) => void }) {
  const [isOpen, setOpen] = useState(false);
  function choose(ownerId: string | null) {
    setOpen(false);
    onChoose({ change: { ownerId }, told: ownerId ? "have a new owner" : "have no owner now" });
  }
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="New owner"
      trigger={<BarButton busy={isBusy}>Owner</BarButton>}
    >
      <div className="w-64 max-w-full space-y-2">
        <PersonField label="New owner" placeholder="Type a name" value={null} onChange={(id) => id && choose(id)} />
        <Button look="quiet" onClick={() => choose(null)}>
          Without an owner
        </Button>
      </div>
    </Popover>
  );
}
