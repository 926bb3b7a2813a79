import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { AppError } from "@/shared/lib/errors";
import { partnerWorkspaceService as service } from "../services/partner-workspace-service";
import type { PartnerTask } from "../types";
import { usePartnerTasks } from "./use-partner-tasks";

vi.mock("@/shared/lib/supabase", () => ({ supabase: vi.fn() }));

const task: PartnerTask = {
  id: "t",
  title: "Call",
  description: null,
  status: "pending",
  priority: null,
  dueOn: null,
  completedAt: null,
  assignee: null,
  createdById: null,
  isShared: false,
  version: 1,
};

/** The list as a screen shows it. */
async function shownTasks() {
  vi.spyOn(service, "getPartnerTasks").mockResolvedValue([task]);
  const queryClient = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => usePartnerTasks("org", "p", "open"), { wrapper });
  await waitFor(() => expect(result.current.data).toHaveLength(1));
  return result;
}

test("a task that somebody else changed is open again, and the refusal is told", async () => {
  let refuse: (error: AppError) => void = () => {};
  vi.spyOn(service, "setTaskStatus").mockReturnValueOnce(new Promise((_, reject) => (refuse = reject)));
  const result = await shownTasks();
  const told = vi.fn();
  act(() => {
    result.current.mutations.setStatus(task, "completed").catch(told);
  });
  await waitFor(() => expect(result.current.data?.[0]?.status).toBe("completed"));
  await act(async () => refuse(new AppError("conflict", { code: "PW006" })));
  await waitFor(() => expect(result.current.data?.[0]?.status).toBe("pending"));
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ code: "PW006" }));
});

test("a task that is ticked and unticked in one breath is changed twice, one upon the other", async () => {
  const answers: ((written: PartnerTask) => void)[] = [];
  const write = vi
    .spyOn(service, "setTaskStatus")
    .mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
  const result = await shownTasks();
  const { setStatus } = result.current.mutations;
  let both: Promise<unknown> = Promise.resolve();
  act(() => {
    both = Promise.all([setStatus(task, "completed"), setStatus(task, "pending")]);
  });
  await waitFor(() => expect(answers).toHaveLength(1));
  await act(async () => answers[0]?.({ ...task, status: "completed", version: 2 }));
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(write.mock.calls.map(([, seen, status]) => [seen.version, status])).toEqual([
    [1, "completed"],
    [2, "pending"],
  ]);
  await act(async () => answers[1]?.({ ...task, version: 3 }));
  await both;
});

test("what is clicked before the list is read again is about the version that was written", async () => {
  vi.spyOn(service, "setTaskStatus").mockResolvedValue({ ...task, status: "completed", version: 2 });
  const result = await shownTasks();
  vi.spyOn(service, "getPartnerTasks").mockReturnValue(new Promise(() => {}));
  await act(() => result.current.mutations.setStatus(task, "completed"));
  await waitFor(() => expect(result.current.data?.[0]).toMatchObject({ status: "completed", version: 2 }));
});
