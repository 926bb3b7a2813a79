import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/shared/lib/errors";
import { invite } from "../services/invitation-service";
import { useInvite } from "./use-invite";

vi.mock("../services/invitation-service", () => ({ invite: vi.fn() }));
const send = vi.mocked(invite);
beforeEach(() => void send.mockReset());

const sent = { invitationId: "i", link: "https://app.test/invitation?token=x", expiresAt: "", mailed: true };

async function inviteAll(addresses: string[]) {
  const queryClient = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useInvite("organization"), { wrapper });
  let left: string[] = [];
  await act(async () => {
    left = await result.current.inviteAll(addresses, "role");
  });
  return { left, outcomes: result.current.outcomes };
}

test("each address has an outcome, and what was refused is left to be corrected", async () => {
  send
    .mockResolvedValueOnce(sent)
    .mockRejectedValueOnce(new AppError("conflict", { code: "PW005", sentence: "A member already." }))
    .mockResolvedValueOnce({ ...sent, mailed: false });
  const { left, outcomes } = await inviteAll(["a@a.test", "b@a.test", "c@a.test"]);
  expect(left).toEqual(["b@a.test"]);
  expect(outcomes).toEqual([
    { address: "a@a.test", state: "sent" },
    { address: "b@a.test", state: "refused", reason: "A member already." },
    { address: "c@a.test", state: "link", link: sent.link },
  ]);
});

test("what would refuse all alike ends the list, and nothing of it is lost", async () => {
  send.mockResolvedValueOnce(sent).mockRejectedValueOnce(new AppError("throttled"));
  const { left } = await inviteAll(["a@a.test", "b@a.test", "c@a.test"]);
  expect(left).toEqual(["b@a.test", "c@a.test"]);
  expect(send).toHaveBeenCalledTimes(2);
});

test("which domains are allowed is said", async () => {
  send.mockRejectedValueOnce(new AppError("invalid", { code: "PW004", details: '["northwind.test"]' }));
  const { outcomes } = await inviteAll(["a@a.test"]);
  expect(outcomes[0]?.reason).toContain("Only addresses at northwind.test can be invited.");
});
