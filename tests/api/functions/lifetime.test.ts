// Processes begin when they are needed and end with whoever needed them.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAlive, startRunner, type TestRunner } from "./runner.ts";

let runner: TestRunner;
beforeAll(async () => {
  runner = await startRunner();
});
afterAll(() => runner.close());

const pidFrom = async (path: string) => Number(await (await runner.call(path)).text());

describe("a process", () => {
  it("starts in well under a second and is shared by all requests of its function", async () => {
    runner.define("shared", `Deno.serve(() => new Response(String(Deno.pid)));`);
    const from = performance.now();
    const pids = await Promise.all(Array.from({ length: 20 }, () => pidFrom("shared")));
    expect(performance.now() - from).toBeLessThan(1_000);
    expect(new Set(pids).size).toBe(1);
  });

  it("that is killed while idle is replaced at the next request", async () => {
    runner.define("killed", `Deno.serve(() => new Response(String(Deno.pid)));`);
    const pid = await pidFrom("killed");
    process.kill(pid, "SIGKILL");
    expect(await pidFrom("killed")).not.toBe(pid);
  });

  it("that is killed with requests under way fails all of them at once, and none after", async () => {
    runner.define(
      "struck",
      `Deno.serve((request) => {
        if (!request.url.endsWith("/wait")) return new Response(String(Deno.pid));
        console.log("waiting");
        return new Promise(() => {});
      });`,
    );
    const pid = await pidFrom("struck");
    const waiting = Array.from({ length: 3 }, () => runner.call("struck/wait"));
    await expect.poll(() => runner.log.filter((line) => line === "[struck] waiting")).toHaveLength(3);
    process.kill(pid, "SIGKILL");
    for (const response of await Promise.all(waiting)) {
      expect([response.status, (await response.json()).code]).toEqual([500, "WORKER_ERROR"]);
    }
    expect(await pidFrom("struck")).not.toBe(pid);
  });

  it("that an edit outdates first finishes its requests and what it has promised to do", async () => {
    const source = (word: string) => `
      let finish;
      Deno.serve((request) => {
        const { pathname } = new URL(request.url);
        if (pathname.endsWith("/wait")) { console.log("waiting"); return new Promise((resolve) => { finish = () => resolve(new Response("${word}")); setTimeout(finish, 500); }); }
        EdgeRuntime.waitUntil(new Promise((resolve) => setTimeout(() => { console.log("kept a promise"); resolve(); }, 900)));
        return new Response(String(Deno.pid));
      });`;
    runner.define("outdated", source("old"));
    const pid = await pidFrom("outdated");
    const waiting = runner.call("outdated/wait");
    await expect.poll(() => runner.log).toContain("[outdated] waiting");
    runner.define("outdated", source("new"));
    expect(await pidFrom("outdated")).not.toBe(pid);
    expect(await (await waiting).text()).toBe("old");
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    expect(runner.log).toContain("[outdated] kept a promise");
  });

  it("survives a background task that fails", async () => {
    runner.define(
      "failing-task",
      `Deno.serve(() => { EdgeRuntime.waitUntil(Promise.reject(new Error("late"))); return new Response(String(Deno.pid)); });`,
    );
    const pid = await pidFrom("failing-task");
    await expect
      .poll(() => runner.log.some((line) => line.startsWith("[failing-task] A background task failed")))
      .toBe(true);
    expect(await pidFrom("failing-task")).toBe(pid);
  });

  it("is fresh for every request when config.toml says so", async () => {
    const oneshot = await startRunner({ config: { edge_runtime: { policy: "oneshot" } } });
    oneshot.define("fresh", `Deno.serve(() => new Response(String(Deno.pid)));`);
    const ask = async () => (await oneshot.call("fresh")).text();
    const pids = [...(await Promise.all([ask(), ask(), ask()])), await ask()];
    expect(new Set(pids).size).toBe(4);
    await expect.poll(() => pids.map((pid) => isAlive(Number(pid)))).toEqual([false, false, false, false]);
    await oneshot.close();
  });
});

describe("the end of the runner", () => {
  it("ends its processes, also one that is still starting", async () => {
    const closing = await startRunner();
    closing.define("running", `Deno.serve(() => new Response(String(Deno.pid)));`);
    closing.define("starting", `console.log("pid", Deno.pid); await new Promise(() => {});`);
    const pid = Number(await (await closing.call("running")).text());
    const unanswered = closing.call("starting").catch(() => null);
    const startingPid = () => Number(closing.log.find((line) => line.startsWith("[starting] pid "))?.slice(15));
    await expect.poll(startingPid).toBeGreaterThan(0);
    await closing.close();
    await unanswered;
    expect([isAlive(pid), isAlive(startingPid())]).toEqual([false, false]);
  });

  it("by kill -9 ends even functions that burn, or refuse to be told", async () => {
    const script = fileURLToPath(new URL("./runner-to-kill.ts", import.meta.url));
    // What it cannot tidy up any more lies in here.
    const folder = mkdtempSync(join(tmpdir(), "killed-runner-"));
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"], env });
    const pids: number[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const pid = /pid (\d+)$/.exec(line)?.[1];
      if (pid) pids.push(Number(pid));
      if (pids.length === 3) break;
    }
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    child.kill("SIGKILL");
    await expect.poll(() => pids.map(isAlive), { timeout: 5_000 }).toEqual([false, false, false]);
    rmSync(folder, { recursive: true });
  });
});
