import { lazy, Suspense, useState } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { EmptyState } from "@/shared/ui/empty-state";
import { ListChecks, Plus } from "@/shared/ui/icons";
import { SegmentedControl } from "@/shared/ui/segmented-control";
import { showToast } from "@/shared/ui/toast";
import { useMe } from "../../hooks/use-me";
import { usePartnerRights } from "../../hooks/use-partner-rights";
import { usePartnerTasks } from "../../hooks/use-partner-tasks";
import { orTell } from "../../tell";
import type { Partner, PartnerTask, TaskStatus } from "../../types";
import { ListBar, ListState } from "../shared/list-state";
import { TaskRow } from "./task-row";

const TaskSheet = lazy(async () => ({ default: (await import("./task-sheet")).TaskSheet }));

const told: Record<TaskStatus, string> = {
  pending: "is open again",
  in_progress: "is in progress",
  completed: "is done",
  cancelled: "is cancelled",
};

export function TasksTab({ partner }: { partner: Partner }) {
  const { organization } = useActiveOrganization();
  const rights = usePartnerRights();
  const me = useMe();
  const [which, setWhich] = useState<"open" | "done">("open");
  const tasks = usePartnerTasks(organization.id, partner.id, which);
  const [sheet, setSheet] = useState<{ task: PartnerTask | null } | null>(null);
  const [deleting, setDeleting] = useState<PartnerTask | null>(null);
  const mayAdd = rights.can("tasks.write") !== false && !partner.archivedAt;
  const isMine = (task: PartnerTask) =>
    rights.mayWith("tasks.write", task.assignee?.id) || rights.mayWith("tasks.write", task.createdById);

  const setStatus = (task: PartnerTask, status: TaskStatus) =>
    orTell(`“${task.title}” could not be changed`, async () => {
      const changed = await tasks.mutations.setStatus(task, status);
      showToast({
        // Of what was done before to the same task nothing can be taken back any more.
        id: task.id,
        tone: "good",
        title: `“${task.title}” ${told[status]}`,
        undo: () => tasks.mutations.setStatus(changed, task.status),
      });
    });

  const add = mayAdd && (
    <Button look="primary" onClick={() => setSheet({ task: null })}>
      <Plus aria-hidden="true" className="size-4" />
      New task
    </Button>
  );
  return (
    <>
      <ListBar>
        <SegmentedControl
          label="Which tasks"
          value={which}
          onChange={setWhich}
          options={[
            { value: "open", label: "Open" },
            { value: "done", label: "Done" },
          ]}
        />
        <span className="flex-1" />
        {add}
      </ListBar>
      <ListState what="tasks" {...tasks} isThere={tasks.data !== undefined}>
        {tasks.data?.length === 0 ? (
          <EmptyState
            Icon={ListChecks}
            title={which === "open" ? "Nothing is to be done" : "Nothing was done yet"}
            action={which === "open" && add}
          >
            {which === "open"
              ? `What you want to do for ${partner.name} stands here, by its date, with who does it.`
              : "Tasks that are done or cancelled are kept here."}
          </EmptyState>
        ) : (
          <ul aria-label="Tasks" className="divide-y divide-line">
            {tasks.data?.map((task) => (
              <TaskRow
                key={task.id}
                task={task}
                mayEdit={isMine(task)}
                mayDelete={rights.can("tasks.write") === "all"}
                onStatus={(status) => setStatus(task, status)}
                onEdit={() => setSheet({ task })}
                onDelete={() => setDeleting(task)}
              />
            ))}
          </ul>
        )}
      </ListState>
      {sheet && (
        <Suspense>
          <TaskSheet
            task={sheet.task && (tasks.data?.find(({ id }) => id === sheet.task?.id) ?? sheet.task)}
            me={me}
            mutations={tasks.mutations}
            onClose={() => setSheet(null)}
          />
        </Suspense>
      )}
      {deleting && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setDeleting(null)}
          title={`Delete “${deleting.title}”?`}
          description="The task and its comments are gone then. That it was there stays on the timeline."
          confirmLabel="Delete"
          tone="danger"
          onConfirm={() => tasks.mutations.remove(deleting)}
        />
      )}
    </>
  );
}
