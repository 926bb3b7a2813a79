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

test("a task that somebody else changed is open again, and the refusal is told", async () => {
  vi.spyOn(service, "getPartnerTasks").mockResolvedValue([task]);
  let refuse: (error: AppError) => void = () => {};
  vi.spyOn(service, "setTaskStatus").mockReturnValueOnce(new Promise((_, reject) => (refuse = reject)));
  const queryClient = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => usePartnerTasks("org", "p", "open"), { wrapper });
  await waitFor(() => expect(result.current.data).toHaveLength(1));
  const told = vi.fn();
  act(() => {
    result.current.mutations.setStatus(task, "completed").catch(told);
  });
  await waitFor(() => expect(result.current.data?.[0]?.status).toBe("completed"));
  await act(async () => refuse(new AppError("conflict", { code: "PW006" })));
  await waitFor(() => expect(result.current.data?.[0]?.status).toBe("pending"));
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ code: "PW006" }));
});
