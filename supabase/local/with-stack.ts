// A stack of its own for one piece of work: fresh data in a temporary folder, free ports, gone afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { showProgress } from "./progress.ts";
import type { StackStatus } from "./running.ts";
import { startStack } from "./stack.ts";

export async function withStack<T>(work: (status: StackStatus) => Promise<T>, appPort?: number): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "partner-workspace-"));
  const [api = 0, db = 0, app = 0] = await freePorts(3);
  let stop = async () => {};
  // Interrupted from the keyboard: the temporary stack goes first.
  const interrupt = () => void stop().finally(() => process.exit(130));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  try {
    const stack = await startStack(
      {
        dataDir,
        api: { port: api, chosen: true },
        db: { port: db, chosen: true },
        app: { port: appPort ?? app, chosen: true },
        seed: true,
      },
      {
        log: () => {},
        progress: showProgress,
        onLost: (problem) => console.error(problem.message),
      },
    );
    stop = () => stack.stop();
    return await work(stack.status);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
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
