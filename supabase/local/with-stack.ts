// A stack of its own for one piece of work: fresh data in a temporary folder, free ports, gone afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { showProgress } from "./progress.ts";
import type { StackStatus } from "./running.ts";
import { startStack } from "./stack.ts";

const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export async function withStack<T>(work: (status: StackStatus) => Promise<T>, appPort?: number): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "partner-workspace-"));
  const [api = 0, db = 0, app = 0] = await freePorts(3);
  const starting = startStack(
    {
      dataDir,
      api: { port: api, chosen: true },
      db: { port: db, chosen: true },
      app: { port: appPort ?? app, chosen: true },
      seed: true,
    },
    { log: () => {}, progress: showProgress, onLost: (problem) => console.error(problem.message) },
  );
  const remove = async () => {
    // A start that failed has already stopped what it had started.
    await starting.then((stack) => stack.stop()).catch(() => {});
    rmSync(dataDir, { recursive: true, force: true });
  };
  const interrupt = () => void remove().finally(() => process.exit(130));
  for (const signal of interruptions) process.once(signal, interrupt);
  try {
    return await work((await starting).status);
  } finally {
    for (const signal of interruptions) process.off(signal, interrupt);
    await remove();
  }
}

/** Ports that are free now, all different: they are held together before any is let go. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
