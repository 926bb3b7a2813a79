import { afterEach, describe, expect, test, vi } from "vitest";
import { VersionWatch } from "./version-watch";

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
let stop = () => {};
afterEach(() => stop());

function watch({ running = "a" as string | null, inPlace = ["a"] as (string | null | Error)[] } = {}) {
  let time = 0;
  const answers = [...inPlace];
  const ask = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer ?? null;
  });
  const version = new VersionWatch({ running, ask, now: () => time });
  const heard = vi.fn();
  version.subscribe(heard);
  return { version, ask, heard, later: (ms: number) => (time += ms) };
}

describe("a newer version", () => {
  test("is told once, and then not asked for again", async () => {
    const { version, ask, heard, later } = watch({ inPlace: ["a", "b"] });
    await version.check();
    expect(version.isNewer()).toBe(false);
    later(60_000);
    await version.check();
    expect(version.isNewer()).toBe(true);
    later(60_000);
    await version.check();
    expect(ask).toHaveBeenCalledTimes(2);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test("is not asked for at every turn of the window", async () => {
    const { version, ask, later } = watch();
    await version.check();
    later(1_000);
    await version.check();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test.each([
    ["a server that is away", new Error("Failed to fetch")],
    ["a file that says nothing", null],
  ])("is not suspected because of %s", async (_what, answer) => {
    const { version } = watch({ inPlace: [answer] });
    await version.check();
    expect(version.isNewer()).toBe(false);
  });

  test("is nothing to ask for in development", async () => {
    const { version, ask } = watch({ running: null, inPlace: ["b"] });
    await version.checkNow();
    expect(ask).not.toHaveBeenCalled();
  });

  test("is looked for when somebody comes back, and at once when a part of the app is gone", async () => {
    const { version, ask } = watch({ inPlace: ["a", "b"] });
    stop = version.start();
    window.dispatchEvent(new Event("focus"));
    await settled();
    expect(ask).toHaveBeenCalledTimes(1);
    window.dispatchEvent(new Event("vite:preloadError"));
    await settled();
    expect(version.isNewer()).toBe(true);
  });

  test("is no longer looked for after the end", async () => {
    const { version, ask } = watch();
    version.start()();
    window.dispatchEvent(new Event("focus"));
    await settled();
    expect(ask).not.toHaveBeenCalled();
  });
});
