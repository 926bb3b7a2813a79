import { render, screen } from "@testing-library/react";
import { Component, type ReactNode, Suspense } from "react";
import { expect, test, vi } from "vitest";
import { Lazy, lazyPart } from "./lazy-part";

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

class Boundary extends Component<{ children: ReactNode }, { message: string | null }> {
  override state = { message: null };
  static getDerivedStateFromError = (error: Error) => ({ message: error.message });
  override render() {
    return this.state.message ?? this.props.children;
  }
}

const show = (part: ReturnType<typeof lazyPart<{ name: string }>>) =>
  render(
    <Suspense fallback="loading">
      <Lazy part={part} props={{ name: "Anna" }} />
    </Suspense>,
  );

test("a part that was loaded before is there with the first drawing", async () => {
  const load = vi.fn(async () => Greeting);
  const part = lazyPart(load);
  await part.preload();
  show(part);
  expect(screen.getByText("Hello Anna")).toBeDefined();
  expect(load).toHaveBeenCalledTimes(1);
});

test("a part that is drawn before it is there is waited for", async () => {
  show(lazyPart(async () => Greeting));
  expect(screen.getByText("loading")).toBeDefined();
  expect(await screen.findByText("Hello Anna")).toBeDefined();
});

test("a part that could not be loaded is met where it is drawn, and asked for again later", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.spyOn(console, "error").mockImplementation(() => {});
  const load = vi.fn<() => Promise<typeof Greeting>>().mockRejectedValueOnce(new TypeError("gone"));
  load.mockResolvedValue(Greeting);
  const part = lazyPart(load);
  const { unmount } = render(
    <Boundary>
      <Suspense fallback="loading">
        <Lazy part={part} props={{ name: "Anna" }} />
      </Suspense>
    </Boundary>,
  );
  expect(await screen.findByText("gone")).toBeDefined();
  expect(load).toHaveBeenCalledTimes(1);
  unmount();
  vi.advanceTimersByTime(1_000);
  await part.preload();
  show(part);
  expect(screen.getByText("Hello Anna")).toBeDefined();
  vi.useRealTimers();
});
