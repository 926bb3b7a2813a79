// What a function may reach of the machine it runs on.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startRunner, type TestRunner } from "./runner.ts";

let runner: TestRunner;
beforeAll(async () => {
  runner = await startRunner();
});
afterAll(() => runner.close());

it("a function reads its sources and packages, writes to its own temporary folder, and that is all", async () => {
  runner.define(
    "rights",
    `import process from "node:process";
    const attempts = {
      readSource: () => Deno.readTextFile(new URL(import.meta.url)),
      writeTemporary: async () => Deno.writeTextFile(await Deno.makeTempFile(), "x"),
      reachNetwork: async () => (await Deno.connect({ hostname: "127.0.0.1", port: Number(Deno.env.get("PORT")) })).close(),
      readSystem: () => Deno.readTextFile("/etc/hostname"),
      readParentFolder: () => Deno.readDir(new URL("../../..", import.meta.url))[Symbol.asyncIterator]().next(),
      readOwnProcess: () => Deno.readTextFile("/proc/self/environ"),
      writeSource: () => Deno.writeTextFile(new URL("./planted.ts", import.meta.url), "x"),
      writeElsewhere: () => Deno.writeTextFile("/tmp/planted-by-a-function", "x"),
      runProgram: () => new Deno.Command("/bin/sh").output(),
      signalOthers: () => process.kill(process.ppid, 0),
      loadLibrary: () => Deno.dlopen("libc.so.6", {}),
    };
    Deno.serve(async () => {
      const allowed = [];
      for (const [name, attempt] of Object.entries(attempts)) {
        try { await attempt(); allowed.push(name); } catch (error) { console.log(name, error.message); }
      }
      return Response.json(allowed);
    });`,
  );
  runner.write(".env", `PORT=${new URL(runner.url).port}\n`);
  expect(await (await runner.call("rights")).json()).toEqual(["readSource", "writeTemporary", "reachNetwork"]);
});

it.skipIf(process.platform !== "linux")(
  "a function's port is on loopback and answers nobody but the runner",
  async () => {
    runner.define("hidden", `Deno.serve(() => new Response(String(Deno.pid)));`);
    const pid = Number(await (await runner.call("hidden")).text());
    const sockets = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    const listening = readFileSync("/proc/net/tcp", "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[3] === "0A" && sockets.includes(`socket:[${columns[9]}]`));
    expect(listening).toHaveLength(1);
    const [address = "", port = ""] = listening[0]?.[1]?.split(":") ?? [];
    expect(address).toBe("0100007F");
    for (const headers of [{}, { "x-runner-secret": "guessed" }]) {
      const direct = await fetch(`http://127.0.0.1:${Number.parseInt(port, 16)}/hidden`, { headers });
      expect([direct.status, await direct.text()]).toEqual([403, ""]);
    }
  },
);
