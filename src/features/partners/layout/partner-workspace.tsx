import { type ReactNode, useState } from "react";
import { toAppError } from "@/shared/lib/errors";
import { useFormat } from "@/shared/lib/format/use-format";
import type { Permission } from "@/shared/lib/permissions";
import { useSearchParams } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { IconButton } from "@/shared/ui/icon-button";
import { Archive, ArchiveRestore, Ellipsis, Pencil } from "@/shared/ui/icons";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { Notice } from "@/shared/ui/notice";
import { Tabs } from "@/shared/ui/tabs";
import { showToast } from "@/shared/ui/toast";
import { ActivityTab } from "../components/activity/activity-tab";
import { DocsTab } from "../components/docs/docs-tab";
import { OverviewTab } from "../components/overview/overview-tab";
import { ReferralsTab } from "../components/referrals/referrals-tab";
import { EditPartnerSheet } from "../components/shared/edit-partner-sheet";
import { TasksTab } from "../components/tasks/tasks-tab";
import { type PartnerTab, partnerTabs } from "../constants";
import { usePartnerRights } from "../hooks/use-partner-rights";
import type { PartnerMetrics, PartnerMutations } from "../hooks/use-partner-workspace";
import type { Partner } from "../types";
import { useHeroFigures } from "./hero-figures";
import { heroButton, PartnerHero } from "./partner-hero";

interface PartnerWorkspaceProps {
  partner: Partner;
  metrics: PartnerMetrics | undefined;
  mutations: PartnerMutations;
}

export function PartnerWorkspace({ partner, metrics, mutations }: PartnerWorkspaceProps) {
  const rights = usePartnerRights();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const figures = useHeroFigures(metrics);
  const [isEditing, setEditing] = useState(false);
  const isArchived = partner.archivedAt !== null;
  const mayEdit = rights.mayEdit(partner) && !isArchived;
  const tab = partnerTabs.find((each) => each === search.get("tab")) ?? "overview";

  const further = [
    tabOf("tasks", "Tasks", "tasks.read", metrics?.tasks?.open, <TasksTab partner={partner} />),
    tabOf("referrals", "Referrals", "referrals.read", allIn(metrics?.referrals), <ReferralsTab partner={partner} />),
    tabOf("docs", "Docs", "documents.read", metrics?.documents, <DocsTab partner={partner} />),
    tabOf("activity", "Activity", "activity.read", null, <ActivityTab partner={partner} />),
  ];

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
        figures={figures}
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
          ...further.filter(({ permission }) => rights.can(permission)),
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

function tabOf(
  value: PartnerTab,
  label: string,
  permission: Permission,
  count: number | null | undefined,
  panel: ReactNode,
) {
  return { value, label, permission, panel, ...(count && { count }) };
}

const allIn = (referrals: PartnerMetrics["referrals"] | undefined) =>
  referrals && referrals.open + referrals.won + referrals.lost;
