import { startTransition, useOptimistic, useRef } from "react";
import { toIsoDate } from "@/shared/lib/calendar-date";
import { useFormat } from "@/shared/lib/format/use-format";
import { Checkbox } from "@/shared/ui/checkbox";
import { IconButton } from "@/shared/ui/icon-button";
import { Ban, Ellipsis, Pencil, Play, Trash2, Undo2 } from "@/shared/ui/icons";
import { Menu, MenuItem, MenuSeparator } from "@/shared/ui/menu";
import { Pill } from "@/shared/ui/pill";
import { useChoices } from "../../hooks/use-choices";
import type { PartnerTask, TaskStatus } from "../../types";
import { daysUntil } from "../overview/renewal";
import { ChoicePill } from "../shared/choice-pill";
import { Owner } from "../shared/owner";

interface TaskRowProps {
  task: PartnerTask;
  mayEdit: boolean;
  mayDelete: boolean;
  onStatus: (status: TaskStatus) => Promise<unknown>;
  onEdit: () => void;
  onDelete: () => void;
}

export function TaskRow({ task, mayEdit, mayDelete, onStatus, onEdit, onDelete }: TaskRowProps) {
  const { taskPriorities } = useChoices();
  // Within the very click: a box that is ticked a moment later looks as if it had refused.
  const [status, showStatus] = useOptimistic(task.status);
  const isOpen = status === "pending" || status === "in_progress";
  // Unticked while it still stands here, it is what it was: nothing is lost by a slip.
  const beforeTicked = useRef<TaskStatus>("pending");
  const change = (next: TaskStatus) =>
    startTransition(async () => {
      showStatus(next);
      await onStatus(next);
    });
  const tick = () => {
    beforeTicked.current = status;
    change("completed");
  };
  return (
    <li className="flex items-start gap-2 px-4 py-1.5 max-sm:py-2">
      <Checkbox
        label={`${task.title} is done`}
        hideLabel
        checked={status === "completed"}
        disabled={!mayEdit}
        onChange={({ target }) => (target.checked ? tick() : change(beforeTicked.current))}
        className="shrink-0"
      />
      <div className="min-w-0 flex-1 py-1 max-sm:py-2.5">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <p
            dir="auto"
            className={`min-w-0 flex-1 basis-48 wrap-anywhere ${isOpen ? "font-medium" : "text-ink-2 line-through"}`}
          >
            {task.title}
          </p>
          <Due task={task} isOpen={isOpen} />
        </div>
        {task.description && (
          <p dir="auto" className="mt-0.5 line-clamp-2 max-w-3xl whitespace-pre-line text-ink-2 wrap-anywhere">
            {task.description}
          </p>
        )}
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-2 empty:hidden">
          {status === "in_progress" && <Pill tone="info">In progress</Pill>}
          {status === "cancelled" && <Pill tone="mute">Cancelled</Pill>}
          {task.priority && <ChoicePill choices={taskPriorities} value={task.priority} />}
          {task.assignee && <Owner person={task.assignee} />}
          {task.isShared && (
            <Pill tone="accent" dot={false}>
              Shared
            </Pill>
          )}
        </div>
      </div>
      {(mayEdit || mayDelete) && (
        <Menu
          align="end"
          trigger={<IconButton label={`Actions for ${task.title}`} Icon={Ellipsis} className="-me-2" />}
        >
          {mayEdit && (
            <MenuItem Icon={Pencil} onSelect={onEdit}>
              Edit
            </MenuItem>
          )}
          {mayEdit && status === "pending" && (
            <MenuItem Icon={Play} onSelect={() => change("in_progress")}>
              Begin
            </MenuItem>
          )}
          {mayEdit && !isOpen && (
            <MenuItem Icon={Undo2} onSelect={() => change("pending")}>
              Reopen
            </MenuItem>
          )}
          {mayEdit && isOpen && (
            <MenuItem Icon={Ban} onSelect={() => change("cancelled")}>
              Cancel the task
            </MenuItem>
          )}
          {mayDelete && (
            <>
              <MenuSeparator />
              <MenuItem Icon={Trash2} tone="danger" onSelect={onDelete}>
                Delete
              </MenuItem>
            </>
          )}
        </Menu>
      )}
    </li>
  );
}

/** Near what is due, the number of days says more than the date. */
function Due({ task, isOpen }: { task: PartnerTask; isOpen: boolean }) {
  const format = useFormat();
  if (task.completedAt)
    return <span className="shrink-0 text-small text-ink-2">Done on {format.date(task.completedAt)}</span>;
  if (!task.dueOn) return null;
  const left = daysUntil(task.dueOn, toIsoDate(new Date()));
  if (isOpen && left < 0)
    return (
      <Pill tone="bad" dot={false}>
        {left === -1 ? "1 day late" : `${-left} days late`}
      </Pill>
    );
  return (
    <span className={`shrink-0 text-small ${isOpen && left === 0 ? "font-medium text-warn" : "text-ink-2"}`}>
      {isOpen && left === 0 ? "Today" : isOpen && left === 1 ? "Tomorrow" : format.date(task.dueOn)}
    </span>
  );
}
