import { useState } from "react";
import { toAppError } from "@/shared/lib/errors";
import { useFormat } from "@/shared/lib/format/use-format";
import { useSearchParams } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { Archive, ArchiveRestore, Ellipsis, Pencil } from "@/shared/ui/icons";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { Notice } from "@/shared/ui/notice";
import { Tabs } from "@/shared/ui/tabs";
import { showToast } from "@/shared/ui/toast";
import { OverviewTab } from "../components/overview/overview-tab";
import { EditPartnerSheet } from "../components/shared/edit-partner-sheet";
import { type PartnerTab, partnerTabs } from "../constants";
import { usePartnerRights } from "../hooks/use-partner-rights";
import type { PartnerMutations } from "../hooks/use-partner-workspace";
import type { Partner } from "../types";
import { heroButton, PartnerHero } from "./partner-hero";

interface PartnerWorkspaceProps {
  partner: Partner;
  mutations: PartnerMutations;
}

export function PartnerWorkspace({ partner, mutations }: PartnerWorkspaceProps) {
  const rights = usePartnerRights();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const [isEditing, setEditing] = useState(false);
  const isArchived = partner.archivedAt !== null;
  const mayEdit = rights.mayEdit(partner) && !isArchived;
  const tab = partnerTabs.find((each) => each === search.get("tab")) ?? "overview";

  async function archive(next: boolean) {
    try {
      await mutations.archive(next);
      showToast({
        tone: "good",
        title: `${partner.name} is ${next ? "archived" : "back in the directory"}`,
        undo: () => mutations.archive(!next),
      });
    } catch (cause) {
      showToast({
        tone: "bad",
        title: `${partner.name} could not be ${next ? "archived" : "brought back"}`,
        description: toAppError(cause).message,
      });
    }
  }

  return (
    <div className="space-y-4">
      <PartnerHero
        partner={partner}
        figures={[]}
        actions={
          <>
            {mayEdit && (
              <Button className={`${heroButton} max-sm:hidden`} onClick={() => setEditing(true)}>
                <Pencil aria-hidden="true" className="size-3.5" />
                Edit
              </Button>
            )}
            {(mayEdit || rights.mayArchive) && (
              <Menu
                align="end"
                trigger={<IconButton label={`Actions for ${partner.name}`} Icon={Ellipsis} className={heroButton} />}
              >
                {mayEdit && (
                  <MenuItem Icon={Pencil} onSelect={() => setEditing(true)}>
                    Edit the profile
                  </MenuItem>
                )}
                {rights.mayArchive && (
                  <MenuItem Icon={isArchived ? ArchiveRestore : Archive} onSelect={() => void archive(!isArchived)}>
                    {isArchived ? "Bring back" : "Archive"}
                  </MenuItem>
                )}
              </Menu>
            )}
          </>
        }
      />
      {partner.archivedAt && (
        <Notice tone="info">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span>
              Archived on {format.date(partner.archivedAt)}. It is out of the directory; everything about it is still
              here.
            </span>
            {rights.mayArchive && <Button onClick={() => void archive(false)}>Bring back</Button>}
          </div>
        </Notice>
      )}
      <Tabs<PartnerTab>
        label="Parts of the partner"
        value={tab}
        onChange={(next) => setSearch(next === "overview" ? {} : { tab: next }, { replace: true })}
        tabs={[
          {
            value: "overview",
            label: "Overview",
            panel: <OverviewTab partner={partner} mayEdit={mayEdit} update={mutations.update} />,
          },
        ]}
      />
      {isEditing && (
        <EditPartnerSheet
          partner={partner}
          section="profile"
          update={mutations.update}
          onClose={() => setEditing(false)}
        />
      )}
    </div>
  );
}
