import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ConnectionWatch } from "@/shared/lib/connection";
import { OfflineBanner } from "./offline-banner";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function show() {
  const ask = vi.fn<() => Promise<unknown>>().mockRejectedValue(new TypeError("Failed to fetch"));
  const watch = new ConnectionWatch({ ask });
  const onBack = vi.fn();
  render(<OfflineBanner watch={watch} onBack={onBack} />);
  return { ask, watch, onBack, pass: (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms)) };
}

const said = () => screen.getByRole("status").textContent;

test("says nothing while all is well", () => {
  show();
  expect(said()).toBe("");
});

test("says that nothing typed is lost, asks by itself until there is an answer, and says that it is back", async () => {
  const { ask, watch, onBack, pass } = show();
  act(() => watch.lost());
  expect(said()).toContain("The server cannot be reached.");
  expect(said()).toContain("What you have typed stays here");
  await pass(2_000);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(onBack).not.toHaveBeenCalled();

  ask.mockResolvedValue(new Response());
  await pass(3_000);
  expect(said()).toBe("The connection is back.");
  expect(onBack).toHaveBeenCalledTimes(1);
  await pass(5_000);
  expect(said()).toBe("");
});

test("a network that is gone is told by the browser, and one that is back is believed only when the server answers", async () => {
  const { ask, pass } = show();
  act(() => void window.dispatchEvent(new Event("offline")));
  expect(said()).toContain("cannot be reached");
  act(() => void window.dispatchEvent(new Event("online")));
  await pass(0);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(said()).toContain("cannot be reached");
});

test("a request that fails although the server answers does not have everything read anew for ever", async () => {
  const { ask, watch, onBack, pass } = show();
  ask.mockResolvedValue(new Response());
  act(() => watch.lost());
  await pass(2_000);
  act(() => watch.lost());
  expect(said()).toBe("The connection is back.");
  await pass(9_000);
  act(() => watch.lost());
  expect(said()).toBe("");
  expect(onBack).toHaveBeenCalledTimes(1);
  await pass(1_000);
  act(() => watch.lost());
  expect(said()).toContain("The server cannot be reached.");
});

test("who does not want to wait asks at once", async () => {
  const { ask, watch, pass } = show();
  act(() => watch.lost());
  ask.mockResolvedValue(new Response());
  fireEvent.click(screen.getByRole("button", { name: "Try now" }));
  await pass(0);
  expect(said()).toBe("The connection is back.");
});
