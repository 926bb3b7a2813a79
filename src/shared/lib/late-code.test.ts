import { expect, test, vi } from "vitest";
import { lateCode } from "./late-code";

test("code that could not be fetched is asked for again, at longer and longer intervals, until it is there", async () => {
  vi.useFakeTimers();
  let failures = 3;
  const load = vi.fn(async () => {
    if (failures-- > 0) throw new TypeError("Failed to fetch dynamically imported module");
    return "code";
  });
  const code = lateCode(load)();
  expect(load).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500 + 999);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1 + 2_000);
  expect(load).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await code).toBe("code");
  vi.useRealTimers();
});

test("with the network back it is asked for at once", async () => {
  const load = vi
    .fn(async () => "code")
    .mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module"));
  const code = lateCode(load)();
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
  await expect(load.mock.results[0]?.value).rejects.toThrow("imported module");
  window.dispatchEvent(new Event("online"));
  expect(await code).toBe("code");
});

test("several who ask for it share it", async () => {
  const load = vi.fn(async () => "code");
  const late = lateCode(load);
  expect(await Promise.all([late(), late()])).toEqual(["code", "code"]);
  await late();
  expect(load).toHaveBeenCalledTimes(1);
});
