import { lazy, Suspense, useState } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { Button } from "@/shared/ui/button";
import { OverlayClose, Sheet } from "@/shared/ui/dialog";
import { EmptyState } from "@/shared/ui/empty-state";
import { Activity, Plus, SlidersHorizontal } from "@/shared/ui/icons";
import { useActivityFilter } from "../../hooks/use-activity-filter";
import { usePartnerActivity } from "../../hooks/use-partner-activity";
import { usePartnerRights } from "../../hooks/use-partner-rights";
import type { Partner } from "../../types";
import { ListBar, ListState } from "../shared/list-state";
import { ActivityList } from "./activity-list";

const ActivityFilters = lazy(async () => ({ default: (await import("./activity-filters")).ActivityFilters }));
const InteractionSheet = lazy(async () => ({ default: (await import("./interaction-sheet")).InteractionSheet }));

export function ActivityTab({ partner }: { partner: Partner }) {
  const { organization } = useActiveOrganization();
  const rights = usePartnerRights();
  const { filter, change, clear, count } = useActivityFilter();
  const activity = usePartnerActivity(organization.id, partner.id, filter);
  const [isLogging, setLogging] = useState(false);
  const log = rights.can("activity.log") !== false && !partner.archivedAt && (
    <Button look="primary" onClick={() => setLogging(true)}>
      <Plus aria-hidden="true" className="size-4" />
      Log a contact
    </Button>
  );
  return (
    <>
      <ListBar>
        <Sheet
          title="Filters"
          trigger={
            <Button look={count > 0 ? "active" : "secondary"}>
              <SlidersHorizontal aria-hidden="true" className="size-4" />
              Filters{count > 0 && ` (${count})`}
            </Button>
          }
          footer={
            <OverlayClose>
              <Button look="primary">Show the timeline</Button>
            </OverlayClose>
          }
        >
          <div className="space-y-4">
            <Suspense>
              <ActivityFilters facets={activity.facets} filter={filter} onChange={change} />
            </Suspense>
          </div>
        </Sheet>
        {count > 0 && (
          <Button look="quiet" onClick={clear}>
            Clear
          </Button>
        )}
        <span className="flex-1" />
        {log}
      </ListBar>
      <ListState what="timeline" {...activity} isThere={activity.data !== undefined}>
        {activity.data?.length === 0 ? (
          <EmptyState
            Icon={Activity}
            title={count > 0 ? "Nothing fits these filters" : "Nothing has happened yet"}
            action={count > 0 ? <Button onClick={clear}>Show everything</Button> : log}
          >
            {count > 0
              ? "Take a filter away, or widen the period."
              : "Whatever is changed, brought, done or said with this partner stands here by itself."}
          </EmptyState>
        ) : (
          <>
            <ActivityList events={activity.data ?? []} facets={activity.facets} />
            <div className="flex justify-center border-t border-line p-3">
              {activity.more ? (
                <Button onClick={activity.more.load} busy={activity.more.isBusy}>
                  Show older events
                </Button>
              ) : (
                <p className="text-small text-ink-2">This is where the timeline begins.</p>
              )}
            </div>
          </>
        )}
      </ListState>
      {isLogging && (
        <Suspense>
          <InteractionSheet
            partnerName={partner.name}
            onLog={activity.mutations.log}
            onClose={() => setLogging(false)}
          />
        </Suspense>
      )}
    </>
  );
}
