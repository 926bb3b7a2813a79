import { expect, test, vi } from "vitest";
import { AppError } from "./errors";
import { createQueryClient, shouldRetry } from "./query-client";

test("a refusal is not asked for twice, a passing trouble is, at most twice", () => {
  expect(shouldRetry(0, new AppError("forbidden"))).toBe(false);
  expect(shouldRetry(0, new AppError("invalid"))).toBe(false);
  expect(shouldRetry(0, new AppError("unavailable"))).toBe(true);
  expect(shouldRetry(1, new AppError("offline"))).toBe(true);
  expect(shouldRetry(2, new AppError("offline"))).toBe(false);
});

test("a session that the server refuses is reported once, and nothing else is", async () => {
  const refused = vi.fn();
  const client = createQueryClient(refused);
  const fail = (kind: "unauthenticated" | "forbidden") =>
    client.fetchQuery({ queryKey: [kind], queryFn: () => Promise.reject(new AppError(kind)) }).catch(() => {});
  await fail("forbidden");
  expect(refused).not.toHaveBeenCalled();
  await fail("unauthenticated");
  expect(refused).toHaveBeenCalledTimes(1);
});

test("a write that the server refuses for want of a session is reported as well", async () => {
  const refused = vi.fn();
  const client = createQueryClient(refused);
  const write = client.getMutationCache().build(client, {
    mutationFn: () => Promise.reject(new AppError("unauthenticated")),
  });
  await write.execute(undefined).catch(() => {});
  expect(refused).toHaveBeenCalledTimes(1);
});

test("what is refused and what does not get through are told apart", async () => {
  const onRefused = vi.fn();
  const onUnreachable = vi.fn();
  const client = createQueryClient(() => {}, { onRefused, onUnreachable });
  const fail = (kind: "forbidden" | "offline") =>
    client
      .fetchQuery({ queryKey: [kind], queryFn: () => Promise.reject(new AppError(kind)), retry: false })
      .catch(() => {});
  await fail("forbidden");
  expect(onRefused).toHaveBeenCalledWith(client);
  expect(onUnreachable).not.toHaveBeenCalled();
  await fail("offline");
  expect(onUnreachable).toHaveBeenCalledTimes(1);
});
