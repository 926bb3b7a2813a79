import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/shared/lib/errors";
import { showToast } from "@/shared/ui/toast";
import { everyPartner, firstPage } from "../filter";
import { partnerDirectoryService as service } from "../services/partner-directory-service";
import { partnerOf } from "../services/partner-rows";
import { partnerRow } from "../test-client";
import type { PartnerListing } from "../types";
import { usePartnersDirectory } from "./use-partners-directory";

vi.mock("@/shared/lib/supabase", () => ({ supabase: vi.fn() }));
vi.mock("@/shared/ui/toast", () => ({ showToast: vi.fn() }));

const listing: PartnerListing = { ...everyPartner, sort: "name", descending: false, place: firstPage };
const partners = [
  partnerOf(partnerRow({ id: "a", status: "pending" })),
  partnerOf(partnerRow({ id: "b", status: "inactive" })),
];
const before = { tier: null, ownerId: null, tags: [] };
const reached = [
  { id: "a", version: 2, before: { ...before, status: "pending" } },
  { id: "b", version: 2, before: { ...before, status: "inactive" } },
];

beforeEach(() => {
  vi.restoreAllMocks();
  vi.mocked(showToast).mockReset();
  vi.spyOn(service, "listPartners").mockResolvedValue({
    partners,
    place: firstPage,
    hasPrevious: false,
    hasNext: false,
  });
  vi.spyOn(service, "countPartners").mockResolvedValue(2);
  vi.spyOn(service, "fetchSummaryMetrics").mockResolvedValue({
    active: 1,
    all: 2,
    openReferrals: 0,
    pipeline: [
      { currency: "EUR", deals: 1, value: "10" },
      { currency: "USD", deals: 2, value: "20" },
    ],
  });
});

async function directory() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => usePartnersDirectory("org", listing), { wrapper });
  await waitFor(() => expect(result.current.data?.total).toBe(2));
  return result;
}

const statuses = (result: Awaited<ReturnType<typeof directory>>) =>
  result.current.data?.partners.map(({ status }) => status);

test("the bundle has the page, its count, and the figures by currency", async () => {
  const result = await directory();
  await waitFor(() => expect(result.current.summary?.pipeline).toMatchObject({ deals: 3 }));
  expect(result.current.summary?.pipeline?.amounts).toEqual([
    { currency: "EUR", value: "10" },
    { currency: "USD", value: "20" },
  ]);
  expect(result.current).toMatchObject({ isLoading: false, error: null });
});

test("a change of many is seen before the answer, and undone it sets each back to its own", async () => {
  const update = vi.spyOn(service, "bulkUpdate");
  let answer: (value: typeof reached) => void = () => {};
  update.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const result = await directory();
  let done: Promise<void> = Promise.resolve();
  act(() => {
    done = result.current.mutations.bulkUpdate(["a", "b"], { change: { status: "active" }, told: "are now Active" });
  });
  await waitFor(() => expect(statuses(result)).toEqual(["active", "active"]));
  await act(async () => {
    answer(reached);
    await done;
  });
  const [toast] = vi.mocked(showToast).mock.calls[0] ?? [];
  expect(toast?.title).toBe("2 partners are now Active");
  update.mockResolvedValue([]);
  await act(async () => {
    await toast?.undo?.();
  });
  expect(update.mock.calls.slice(1)).toEqual([
    ["org", ["a"], { status: "pending" }],
    ["org", ["b"], { status: "inactive" }],
  ]);
});

test("refused, everything is as before and the refusal reaches who asked", async () => {
  vi.spyOn(service, "bulkUpdate").mockRejectedValueOnce(new AppError("forbidden", { code: "PW053" }));
  const result = await directory();
  await act(async () => {
    await expect(
      result.current.mutations.bulkUpdate(["a", "b"], { change: { status: "active" }, told: "" }),
    ).rejects.toMatchObject({ code: "PW053" });
  });
  expect(statuses(result)).toEqual(["pending", "inactive"]);
  expect(showToast).not.toHaveBeenCalled();
});

test("what is archived leaves the list at once, and undoing brings back what changed and nothing else", async () => {
  const archive = vi.spyOn(service, "archivePartners").mockResolvedValue(["a"]);
  const result = await directory();
  await act(async () => {
    await result.current.mutations.archive(["a", "b"], true);
  });
  const [toast] = vi.mocked(showToast).mock.calls[0] ?? [];
  expect(toast?.title).toBe("1 partner archived");
  await act(async () => {
    await toast?.undo?.();
  });
  expect(archive.mock.calls).toEqual([
    ["org", ["a", "b"], true],
    ["org", ["a"], false],
  ]);
});
