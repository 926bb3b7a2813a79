import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { holderOfLock, takeLock } from "./lock.ts";

let folder: string;
let file: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "partner-workspace-lock-"));
  file = join(folder, "stack.lock");
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

describe("a file held by one process", () => {
  test("is held once, and again after it was released", () => {
    const release = takeLock(file);
    expect(holderOfLock(file)).toBe(process.pid);
    expect(takeLock(file)).toBeNull();
    release?.();
    expect(holderOfLock(file)).toBeNull();
    expect(takeLock(file)).not.toBeNull();
  });

  test("is free in a copy of its folder", () => {
    takeLock(file);
    const copy = `${folder}-copy`;
    cpSync(folder, copy, { recursive: true });
    try {
      expect(holderOfLock(join(copy, "stack.lock"))).toBeNull();
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  test.runIf(process.platform === "linux")("is free when its holder's id belongs to another process by now", () => {
    takeLock(file);
    const other = spawn("sleep", ["60"], { stdio: "ignore" });
    started.push(other);
    writeFileSync(file, readFileSync(file, "utf8").replace(`"pid":${process.pid}`, `"pid":${other.pid}`));
    expect(holderOfLock(file)).toBeNull();
    expect(takeLock(file)).not.toBeNull();
  });

  test.each(["", "4711", "{", '{"pid":0}'])("is free when it holds nothing sensible (%j)", (content) => {
    writeFileSync(file, content);
    expect(takeLock(file)).not.toBeNull();
  });

  test("goes to exactly one of many that find a stale one at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      writeFileSync(file, "stale");
      const go = join(folder, `go-${round}`);
      const script = `
        const { existsSync } = await import("node:fs");
        const { takeLock } = await import(${JSON.stringify(new URL("./lock.ts", import.meta.url).href)});
        console.log("waiting");
        while (!existsSync(${JSON.stringify(go)}));
        console.log(takeLock(${JSON.stringify(file)}) ? "got it" : "did not");
        setInterval(() => {}, 1000);`;
      const racers = Array.from({ length: 6 }, () => race(script));
      await Promise.all(racers.map((racer) => racer.said("waiting")));
      writeFileSync(go, "");
      await Promise.all(racers.map((racer) => Promise.race([racer.said("got it"), racer.said("did not")])));
      expect(racers.filter((racer) => racer.output().includes("got it"))).toHaveLength(1);
      for (const racer of racers) await racer.end();
      rmSync(file, { force: true });
      expect(existsSync(`${file}.turn`)).toBe(false);
    }
  });
});

function race(script: string) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  let output = "";
  const listeners = new Set<() => void>();
  child.stdout.on("data", (chunk) => {
    output += chunk;
    for (const listener of listeners) listener();
  });
  return {
    output: () => output,
    said: (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => output.includes(text) && resolve();
        listeners.add(look);
        look();
      }),
    end: () =>
      new Promise((resolve) => {
        child.once("exit", resolve);
        child.kill("SIGKILL");
      }),
  };
}
