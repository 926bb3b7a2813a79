// The limits of a hosted project, measured on real processes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAlive, startRunner, type TestRunner } from "./runner.ts";

// Uses the given CPU time, however fast or busy the machine is.
const burn = `
  import process from "node:process";
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  const burn = (ms) => { const from = used(); while (used() - from < ms) for (let spin = 0; spin < 1e5; spin += 1); };
`;

const limitError = { code: "WORKER_LIMIT", message: expect.stringContaining("not having enough compute resources") };

describe("with the hosted limits", () => {
  let runner: TestRunner;
  beforeAll(async () => {
    runner = await startRunner();
  });
  afterAll(() => runner.close());

  it("one second of CPU time is given, two are not, and the next request gets a fresh process", async () => {
    runner.define(
      "cpu",
      `${burn} Deno.serve((request) => { burn(Number(new URL(request.url).searchParams.get("ms"))); return new Response(String(Deno.pid)); });`,
    );
    const first = await (await runner.call("cpu?ms=100")).text();
    expect(await (await runner.call("cpu?ms=800")).text()).toBe(first);
    const refused = await runner.call("cpu?ms=60000");
    expect(refused.status).toBe(546);
    expect(refused.headers.get("sb-error-code")).toBe("WORKER_LIMIT");
    expect(await refused.json()).toEqual(limitError);
    expect(runner.log).toContain("[cpu] stopped: CPU time limit reached.");
    expect(isAlive(Number(first))).toBe(false);
    const next = await runner.call("cpu?ms=1");
    expect(next.status).toBe(200);
    expect(await next.text()).not.toBe(first);
  });

  it("a request beyond the soft limit is finished, but its process takes no other", async () => {
    runner.define(
      "soft",
      `${burn} Deno.serve((request) => { if (request.url.endsWith("/much")) burn(1300); return new Response(String(Deno.pid)); });`,
    );
    const worn = await runner.call("soft/much");
    expect(worn.status).toBe(200);
    const pid = await worn.text();
    expect(await (await runner.call("soft")).text()).not.toBe(pid);
    await expect.poll(() => isAlive(Number(pid))).toBe(false);
  });

  it("many requests that each use little share one process for as long as they like", async () => {
    runner.define("thrifty", `${burn} Deno.serve(() => { burn(40); return new Response(String(Deno.pid)); });`);
    const pids = new Set<string>();
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => runner.call("thrifty")));
      for (const answer of answers) pids.add(await answer.text());
    }
    expect(pids.size).toBe(1);
  });

  it("whoever blocks the process is stopped after two seconds, however many wait beside", async () => {
    runner.define(
      "blocked",
      `Deno.serve((request) => { if (request.url.endsWith("/block")) for (;;); return new Promise(() => {}); });`,
    );
    const waiting = Array.from({ length: 10 }, () => runner.call("blocked"));
    const from = performance.now();
    const all = await Promise.all([...waiting, runner.call("blocked/block")]);
    expect(all.map((response) => response.status)).toEqual(all.map(() => 546));
    // Shared out among eleven it would have been 22 seconds of CPU time.
    expect(performance.now() - from).toBeLessThan(15_000);
  });

  it("a function that burns does not hold up another", async () => {
    runner.define("burner", `Deno.serve(() => { console.log("burning"); for (;;); });`);
    runner.define("neighbour", `Deno.serve(() => new Response("here"));`);
    await runner.call("neighbour");
    const burning = runner.call("burner");
    await expect.poll(() => runner.log).toContain("[burner] burning");
    const from = performance.now();
    expect(await (await runner.call("neighbour")).text()).toBe("here");
    expect(performance.now() - from).toBeLessThan(1_000);
    expect((await burning).status).toBe(546);
  });

  it("what runs on after the answer is limited too", async () => {
    runner.define(
      "afterwards",
      `Deno.serve(() => { setTimeout(() => { for (;;); }, 10); return new Response(String(Deno.pid)); });`,
    );
    const pid = Number(await (await runner.call("afterwards")).text());
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
    expect(runner.log).toContain("[afterwards] stopped: CPU time limit reached.");
  });

  it.each([
    ["typed arrays", "new Uint8Array(8 * 1024 * 1024).fill(1)"],
    ["objects of the heap", "new Array(1024 * 1024).fill(1.5)"],
  ])("256 MB of memory are the most, in %s", async (what, piece) => {
    const name = `memory-${what.replaceAll(" ", "-")}`;
    runner.define(
      name,
      `const kept = [];
      Deno.serve(async () => {
        for (;;) {
          kept.push(${piece});
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      });`,
    );
    const refused = await runner.call(name);
    expect([refused.status, await refused.json()]).toEqual([546, limitError]);
    expect(runner.log).toContain(`[${name}] stopped: memory limit reached.`);
  });

  it("a function that fills the memory while it loads is stopped as well", async () => {
    runner.define(
      "greedy",
      `const kept = [];
      for (;;) {
        kept.push(new Uint8Array(8 * 1024 * 1024).fill(1));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }`,
    );
    const response = await runner.call("greedy");
    expect([response.status, (await response.json()).code]).toEqual([503, "BOOT_ERROR"]);
    expect(runner.log).toContain("[greedy] used too much memory before it reached Deno.serve, and was stopped.");
  });

  it("100 MB of memory are allowed", async () => {
    runner.define(
      "roomy",
      `Deno.serve(async () => {
        const kept = new Uint8Array(100 * 1024 * 1024).fill(1);
        await new Promise((resolve) => setTimeout(resolve, 300));
        return new Response(String(kept.length));
      });`,
    );
    expect((await runner.call("roomy")).status).toBe(200);
  });
});

describe("with tighter limits, for the sake of time", () => {
  let runner: TestRunner;
  beforeAll(async () => {
    runner = await startRunner({ limits: { wallClockMs: 700, idleMs: 400, bootMs: 3_000 } });
  });
  afterAll(() => runner.close());

  it("a request that is not answered in time ends as on the platform", async () => {
    runner.define("slow", `Deno.serve(() => new Promise(() => {}));`);
    const response = await runner.call("slow");
    expect(response.status).toBe(504);
    expect(response.headers.get("sb-error-code")).toBe("IDLE_TIMEOUT");
    expect(await response.json()).toMatchObject({ code: "IDLE_TIMEOUT" });
  });

  it("a streamed answer is broken off at the same time, and its process ends", async () => {
    runner.define(
      "endless",
      `Deno.serve(() => new Response(new ReadableStream({
        start(out) { setInterval(() => out.enqueue(new TextEncoder().encode(Deno.pid + " ")), 50); },
      })));`,
    );
    const response = await runner.call("endless");
    const reader = response.body?.getReader();
    const pid = Number.parseInt(new TextDecoder().decode((await reader?.read())?.value), 10);
    const readOn = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(readOn()).rejects.toThrow();
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("an idle process ends by itself and the next request starts another", async () => {
    runner.define("idle", `Deno.serve(() => new Response(String(Deno.pid)));`);
    const pid = Number(await (await runner.call("idle")).text());
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(Number(await (await runner.call("idle")).text())).not.toBe(pid);
  });

  it("a function that hangs while it loads counts as not started", async () => {
    runner.define("hanging", `await new Promise(() => setInterval(() => {}, 1000)); Deno.serve(() => new Response());`);
    const response = await runner.call("hanging");
    expect([response.status, (await response.json()).code]).toEqual([503, "BOOT_ERROR"]);
  });
});
