import { type ComponentType, lazy, Suspense, useState } from "react";
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
import { OverviewTab } from "../components/overview/overview-tab";
import { PeopleAtPartner } from "../components/shared/edited-by";
import { ListState } from "../components/shared/list-state";
import { PeopleHere } from "../components/shared/people-here";
import { type PartnerTab, partnerTabs } from "../constants";
import { usePartnerRights } from "../hooks/use-partner-rights";
import type { PartnerMetrics, PartnerMutations } from "../hooks/use-partner-workspace";
import { usePartnersLive } from "../hooks/use-partners-live";
import { usePeopleHere } from "../hooks/use-people-here";
import type { Partner } from "../types";
import { useHeroFigures } from "./hero-figures";
import { heroButton, PartnerHero } from "./partner-hero";

// Each tab's code comes with its first opening.
const TasksTab = lazy(async () => ({ default: (await import("../components/tasks/tasks-tab")).TasksTab }));
const ReferralsTab = lazy(async () => ({
  default: (await import("../components/referrals/referrals-tab")).ReferralsTab,
}));
const DocsTab = lazy(async () => ({ default: (await import("../components/docs/docs-tab")).DocsTab }));
const ActivityTab = lazy(async () => ({ default: (await import("../components/activity/activity-tab")).ActivityTab }));
const EditPartnerSheet = lazy(async () => ({
  default: (await import("../components/shared/edit-partner-sheet")).EditPartnerSheet,
}));

interface FurtherTab {
  value: PartnerTab;
  label: string;
  permission: Permission;
  Content: ComponentType<{ partner: Partner }>;
}

const furtherTabs: FurtherTab[] = [
  { value: "tasks", label: "Tasks", permission: "tasks.read", Content: TasksTab },
  { value: "referrals", label: "Referrals", permission: "referrals.read", Content: ReferralsTab },
  { value: "docs", label: "Docs", permission: "documents.read", Content: DocsTab },
  { value: "activity", label: "Activity", permission: "activity.read", Content: ActivityTab },
];

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
  usePartnersLive(partner.id);
  const people = usePeopleHere(partner.id).filter(({ partnerId }) => partnerId === partner.id);
  const [isEditing, setEditing] = useState(false);
  const isArchived = partner.archivedAt !== null;
  const mayEdit = rights.mayEdit(partner) && !isArchived;
  const tab = partnerTabs.find((each) => each === search.get("tab")) ?? "overview";

  const counts: Partial<Record<PartnerTab, number | null | undefined>> = {
    tasks: metrics?.tasks?.open,
    referrals: metrics?.referrals && metrics.referrals.open + metrics.referrals.won + metrics.referrals.lost,
    docs: metrics?.documents,
  };

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
    <PeopleAtPartner value={people}>
      <div className="space-y-4">
        <PartnerHero
          partner={partner}
          figures={figures}
          here={<PeopleHere people={people} />}
          actions={
            <>
              <span className="flex max-sm:hidden">
                <PeopleHere people={people} />
              </span>
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
            ...furtherTabs
              .filter(({ permission }) => rights.can(permission))
              .map(({ value, label, Content }) => ({
                value,
                label,
                panel: (
                  <Suspense fallback={<ListState what={label.toLowerCase()} isThere={false} isLoading />}>
                    <Content partner={partner} />
                  </Suspense>
                ),
                ...(counts[value] && { count: counts[value] }),
              })),
          ]}
        />
        {isEditing && (
          <Suspense>
            <EditPartnerSheet
              partner={partner}
              section="profile"
              update={mutations.update}
              onClose={() => setEditing(false)}
            />
          </Suspense>
        )}
      </div>
    </PeopleAtPartner>
  );
}
