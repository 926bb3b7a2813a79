// The Realtime server's own process, found as an operator finds it: by the name of its connections.
import type { Ask } from "./owner.ts";
import { eventually } from "./processes.ts";

export async function realtimeProcess(ask: Ask): Promise<number | null> {
  const [row] = await ask<{ pid: string }>(
    `select split_part(application_name, ' ', 2) as pid from pg_stat_activity
      where application_name like 'realtime %' order by backend_start desc limit 1`,
  );
  return row ? Number(row.pid) : null;
}

/** Kills it as hard as can be; resolves when another has taken its place. */
export async function killRealtime(ask: Ask): Promise<void> {
  const before = await realtimeProcess(ask);
  if (before === null) throw new Error("No Realtime server is connected to the database.");
  process.kill(before, "SIGKILL");
  await eventually(
    () => realtimeProcess(ask),
    (pid) => pid !== null && pid !== before,
  );
}
