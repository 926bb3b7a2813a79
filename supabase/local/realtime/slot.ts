// The durable replication slot: Postgres keeps in it what the server has not yet sent on.
import type pg from "pg";

export const SLOT = "local_realtime_messages";
export const PUBLICATION = "supabase_realtime_messages_publication";

/** Makes the slot when it is not there, and anew when Postgres had to let go of what it held. */
export async function ensureSlot(pool: pg.Pool, log: (line: string) => void): Promise<void> {
  const { rows } = await pool.query<{ wal_status: string | null }>(
    "select wal_status from pg_replication_slots where slot_name = $1",
    [SLOT],
  );
  const [slot] = rows;
  if (slot && slot.wal_status !== "lost") return;
  if (slot) {
    log(
      "The replication slot fell too far behind and was lost (max_slot_wal_keep_size); messages sent meanwhile reach nobody. It is made anew.",
    );
    await pool.query("select pg_drop_replication_slot($1)", [SLOT]);
  }
  await pool.query("select pg_create_logical_replication_slot($1, 'pgoutput')", [SLOT]);
}
