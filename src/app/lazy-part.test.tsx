import { render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { expect, test, vi } from "vitest";
import { Lazy, lazyPart } from "./lazy-part";

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

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

test("a part that could not be loaded is asked for again", async () => {
  const load = vi.fn<() => Promise<typeof Greeting>>().mockRejectedValueOnce(new TypeError("gone"));
  load.mockResolvedValue(Greeting);
  const part = lazyPart(load);
  await expect(part.preload()).rejects.toThrow("gone");
  await part.preload();
  show(part);
  expect(screen.getByText("Hello Anna")).toBeDefined();
});
