// The last messages of a private topic, for a channel that asks for them as it joins: 25 at most, as on the platform.
import type pg from "pg";
import { type Broadcast, isRecord } from "./frames.ts";
import { Refusal } from "./identity.ts";

const AT_MOST = 25;
const UNLESS_SAID = 10;

/** What `config.broadcast.replay` asks for; null when it asks for nothing. */
export function replayOf(broadcast: Record<string, unknown>): { since: number; limit: number } | null {
  const { replay } = broadcast;
  if (replay === undefined || replay === null) return null;
  const { since = 0, limit = UNLESS_SAID } = isRecord(replay) ? replay : { since: null };
  const wrong = new Refusal("UnableToReplayMessages", "Replay params are not valid");
  if (!Number.isSafeInteger(since) || !Number.isSafeInteger(limit)) throw wrong;
  if (Number.isNaN(new Date(Number(since)).getTime()) || Number(since) < 0) throw wrong;
  return { since: Number(since), limit: Math.max(1, Math.min(AT_MOST, Number(limit))) };
}

/** Oldest first. `since` is in milliseconds. */
export async function readReplay(pool: pg.Pool, topic: string, since: number, limit: number): Promise<Broadcast[]> {
  try {
    const { rows } = await pool.query<{ id: string; event: string; payload: string }>(
      `select id, event, coalesce(payload::text, 'null') as payload from realtime.messages
        where topic = $1 and private and extension = 'broadcast' and event is not null
          and inserted_at >= to_timestamp($2::float8 / 1000) at time zone 'UTC'
          and inserted_at < (now() at time zone 'UTC') + interval '1 minute'
        order by inserted_at desc limit $3`,
      [topic, since, limit],
    );
    return rows.reverse().map(({ id, event, payload }) => ({
      topic,
      event,
      content: { json: payload },
      meta: { id, replayed: true as const },
    }));
  } catch {
    throw new Refusal("UnableToReplayMessages", "Realtime was unable to replay messages");
  }
}
