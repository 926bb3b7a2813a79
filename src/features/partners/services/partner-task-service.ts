// What is to be done for a partner.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { PartnerTask, TaskFields, TaskStatus } from "../types";
import { personOf } from "./partner-rows";
import { changedRow, createOnce } from "./safe-create";

/** More than anybody works off; what is done is shown from the newest on. */
const MOST = 200;

const columns =
  "id, title, description, status, priority, due_on, completed_at, created_by, is_shared, version, assignee_id, assignee:memberships!partner_tasks_assignee_id_fkey(display_name, avatar_color)";

interface TaskRow {
  id: string;
  title: string;
  description: string | null;
  status: string;
  priority: string | null;
  due_on: string | null;
  completed_at: string | null;
  created_by: string | null;
  is_shared: boolean;
  version: number;
  assignee_id: string | null;
  assignee: { display_name: string; avatar_color: string } | null;
}

const taskOf = (row: TaskRow): PartnerTask => ({
  id: row.id,
  title: row.title,
  description: row.description,
  status: row.status as TaskStatus,
  priority: row.priority,
  dueOn: row.due_on,
  completedAt: row.completed_at,
  assignee: personOf(row.assignee_id, row.assignee),
  createdById: row.created_by,
  isShared: row.is_shared,
  version: row.version,
});

const openStatuses: readonly TaskStatus[] = ["pending", "in_progress"];
const doneStatuses: readonly TaskStatus[] = ["completed", "cancelled"];

/** What is open by its date; what is done from the newest on. */
export async function getPartnerTasks(
  organizationId: string,
  partnerId: string,
  which: "open" | "done",
  signal?: AbortSignal,
): Promise<PartnerTask[]> {
  const asked = supabase()
    .from("partner_tasks")
    .select(columns)
    .eq("organization_id", organizationId)
    .eq("partner_id", partnerId)
    .in("status", which === "open" ? openStatuses : doneStatuses);
  const page = (
    which === "open"
      ? asked.order("due_on", { nullsFirst: false }).order("id")
      : asked.order("created_at", { ascending: false })
  ).limit(MOST);
  const { data, error } = await (signal ? page.abortSignal(signal) : page);
  if (error) throw toAppError(error);
  return (data as TaskRow[]).map(taskOf);
}

export async function getTasksByIds(organizationId: string, ids: readonly string[]): Promise<PartnerTask[]> {
  const { data, error } = await supabase()
    .from("partner_tasks")
    .select(columns)
    .eq("organization_id", organizationId)
    .in("id", ids);
  if (error) throw toAppError(error);
  return (data as TaskRow[]).map(taskOf);
}

export async function createTask(
  organizationId: string,
  partnerId: string,
  fields: TaskFields,
  clientKey: string,
): Promise<PartnerTask> {
  const row = await createOnce<TaskRow>(
    () =>
      supabase()
        .from("partner_tasks")
        .insert({
          ...columnsOf(fields),
          organization_id: organizationId,
          partner_id: partnerId,
          client_key: clientKey,
        })
        .select(columns)
        .single(),
    () =>
      supabase()
        .from("partner_tasks")
        .select(columns)
        .eq("organization_id", organizationId)
        .eq("client_key", clientKey)
        .maybeSingle(),
  );
  return taskOf(row);
}

export async function updateTask(
  organizationId: string,
  seen: Pick<PartnerTask, "id" | "version">,
  fields: TaskFields,
): Promise<PartnerTask> {
  return change(organizationId, seen, columnsOf(fields));
}

export async function setTaskStatus(
  organizationId: string,
  seen: Pick<PartnerTask, "id" | "version">,
  status: TaskStatus,
): Promise<PartnerTask> {
  return change(organizationId, seen, { status });
}

export const completeTask = (organizationId: string, seen: Pick<PartnerTask, "id" | "version">): Promise<PartnerTask> =>
  setTaskStatus(organizationId, seen, "completed");

export async function deleteTask(organizationId: string, seen: Pick<PartnerTask, "id" | "version">): Promise<void> {
  const { data, error } = await supabase()
    .from("partner_tasks")
    .delete()
    .eq("organization_id", organizationId)
    .eq("id", seen.id)
    .eq("version", seen.version)
    .select("id")
    .maybeSingle();
  changedRow({ data, error });
}

type Columns = Partial<ReturnType<typeof columnsOf>> & { status?: TaskStatus };

async function change(
  organizationId: string,
  seen: Pick<PartnerTask, "id" | "version">,
  changes: Columns,
): Promise<PartnerTask> {
  const answer = await supabase()
    .from("partner_tasks")
    .update(changes)
    .eq("organization_id", organizationId)
    .eq("id", seen.id)
    .eq("version", seen.version)
    .select(columns)
    .maybeSingle();
  return taskOf(changedRow<TaskRow>(answer));
}

const columnsOf = (fields: TaskFields) => ({
  title: fields.title,
  description: fields.description,
  priority: fields.priority,
  due_on: fields.dueOn,
  assignee_id: fields.assigneeId,
  is_shared: fields.isShared,
});
