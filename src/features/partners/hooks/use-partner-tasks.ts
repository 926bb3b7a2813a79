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

  /** Who ticks and unticks in one breath changes what they have just written, not what stood there before. */
  const underway = new Map<string, Promise<PartnerTask>>();

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
    async setStatus(task: PartnerTask, status: TaskStatus): Promise<PartnerTask> {
      const earlier = underway.get(task.id);
      const changing = inPlace(task, { ...task, status }, async () => {
        const seen = await earlier?.catch(() => task);
        return partnerWorkspaceService.setTaskStatus(organizationId, seen ?? task, status);
      });
      underway.set(task.id, changing);
      try {
        const written = await changing;
        // What is clicked before the list is read again is about this version of it.
        if (underway.get(task.id) === changing)
          queryClient.setQueriesData<PartnerTask[]>(tasks, (list) =>
            list?.map((each) => (each.id === task.id ? written : each)),
          );
        return written;
      } finally {
        if (underway.get(task.id) === changing) underway.delete(task.id);
      }
    },
    remove: (task: PartnerTask): Promise<void> =>
      inPlace(task, null, () => partnerWorkspaceService.deleteTask(organizationId, task)),
  });
}

export type TaskMutations = ReturnType<typeof mutationsOf>;
