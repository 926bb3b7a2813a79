// The days of realtime.messages: made ahead of time, and dropped after three days.
import type pg from "pg";
import { messageOf } from "../problem.ts";

const EVERY_MS = 10 * 60_000;

export function keepPartitionsMade(pool: pg.Pool, log: (line: string) => void): { stop(): void } {
  const keep = async () => {
    const client = await pool.connect();
    try {
      // Somebody's long transaction is not waited for, and nobody waits behind it: there are three days' time.
      await client.query("set lock_timeout = '1s'");
      await client.query("select realtime.keep_partitions()");
    } finally {
      await client.query("reset lock_timeout").catch(() => {});
      client.release();
    }
  };
  const attempt = () => void keep().catch((error: unknown) => log(`Partitions of messages: ${messageOf(error)}`));
  attempt();
  const timer = setInterval(attempt, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
