import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownWrites } from "@/shared/lib/live/own-writes";
import { partnerKeys, tasksQuery } from "../queries";
import { partnerWorkspaceService } from "../services/partner-workspace-service";
import type { PartnerTask, TaskFields, TaskStatus } from "../types";

export function usePartnerTasks(organizationId: string, partnerId: string, which: "open" | "done") {
  const queryClient = useQueryClient();
  const { data, isPending, isFetching, error, refetch } = useQuery(tasksQuery(organizationId, partnerId, which));
  const mutations = useMemo(
    () => mutationsOf(organizationId, partnerId, queryClient),
    [organizationId, partnerId, queryClient],
  );
  return { data, isLoading: isPending, isFetching, error, retry: () => void refetch(), mutations };
}

function mutationsOf(organizationId: string, partnerId: string, queryClient: QueryClient) {
  const tasks = { queryKey: partnerKeys.part(organizationId, partnerId, "tasks") };
  /** Whatever happens to a task is on the timeline and in the figures too. */
  const readAgain = () => queryClient.invalidateQueries({ queryKey: partnerKeys.partner(organizationId, partnerId) });

  /** Seen at once, and as before where the database refuses it. */
  async function inPlace<Answer>(
    task: PartnerTask,
    next: PartnerTask | null,
    act: () => Promise<Answer>,
  ): Promise<Answer> {
    await queryClient.cancelQueries(tasks);
    const before = queryClient.getQueriesData<PartnerTask[]>(tasks);
    queryClient.setQueriesData<PartnerTask[]>(tasks, (list) =>
      list?.flatMap((each) => (each.id === task.id ? (next ?? []) : each)),
    );
    try {
      return await act();
    } catch (error) {
      for (const [key, list] of before) queryClient.setQueryData(key, list);
      throw error;
    } finally {
      void readAgain();
    }
  }

  return ownWrites({
    async create(fields: TaskFields, clientKey: string): Promise<PartnerTask> {
      const task = await partnerWorkspaceService.createTask(organizationId, partnerId, fields, clientKey);
      void readAgain();
      return task;
    },
    async update(seen: PartnerTask, fields: TaskFields): Promise<PartnerTask> {
      try {
        return await partnerWorkspaceService.updateTask(organizationId, seen, fields);
      } finally {
        void readAgain();
      }
    },
    setStatus: (task: PartnerTask, status: TaskStatus): Promise<PartnerTask> =>
      inPlace(task, { ...task, status }, () => partnerWorkspaceService.setTaskStatus(organizationId, task, status)),
    remove: (task: PartnerTask): Promise<void> =>
      inPlace(task, null, () => partnerWorkspaceService.deleteTask(organizationId, task)),
  });
}

export type TaskMutations = ReturnType<typeof mutationsOf>;
