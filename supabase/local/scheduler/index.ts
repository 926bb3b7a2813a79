// Stands in for: pg_cron and pg_net. Runs what `private.schedules` names when it is due, as `postgres`, through the very function
// that pg_cron calls on a hosted project; that function records the run and lets no schedule run twice at once. An Edge Function
// is called from here, with the secret key, as pg_net would, and its answer recorded.
import pg from "pg";
import { messageOf } from "../problem.ts";

export interface Scheduler {
  stop(): Promise<void>;
}

interface EverySeconds {
  name: string;
  seconds: number;
  lastStart: number;
}

const TICK_MS = 500;
const CALL_TIMEOUT_MS = 30_000;

interface SchedulerOptions {
  dbUrl: string;
  /** Where Edge Functions are, and the key they are called with. */
  functions: { url: string; secretKey: string };
  log(line: string): void;
}

export function startScheduler(options: SchedulerOptions): Scheduler {
  const pool = new pg.Pool({ connectionString: options.dbUrl, max: 2, idleTimeoutMillis: 10_000 });
  // A connection that breaks while idle is replaced when the next one is needed.
  pool.on("error", () => {});
  const running = new Set<Promise<void>>();
  const calling = new Set<string>();
  const stopping = new AbortController();
  let frequent: EverySeconds[] = [];
  // Minutes that passed while nothing ran here are not made up for, as with pg_cron.
  let minute = minuteOf(Date.now());
  let lastTrouble = "";

  // What counts seconds is known from the start; a schedule added later is noticed at the next minute.
  run(readFrequent());
  const timer = setInterval(() => {
    const now = Date.now();
    for (const schedule of frequent)
      if (now - schedule.lastStart >= schedule.seconds * 1000) {
        schedule.lastStart = now;
        run(start(schedule.name));
      }
    if (minuteOf(now) === minute) return;
    minute = minuteOf(now);
    run(startDue(minute));
    run(readFrequent());
  }, TICK_MS);

  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await Promise.allSettled(running);
      await pool.end();
    },
  };

  async function startDue(minute: number): Promise<void> {
    const { rows } = await pool.query<{ name: string }>(
      `select name from private.schedules, to_timestamp($1::bigint * 60) as minute
        where enabled and schedule not like '% seconds'
          and private.schedule_last_due(schedule, minute, minute) is not null`,
      [minute],
    );
    for (const { name } of rows) run(start(name));
  }

  async function readFrequent(): Promise<void> {
    const { rows } = await pool.query<{ name: string; seconds: number }>(
      `select name, split_part(schedule, ' ', 1)::integer as seconds
         from private.schedules where enabled and schedule like '% seconds'`,
    );
    frequent = rows.map((row) => ({
      ...row,
      lastStart: frequent.find((known) => known.name === row.name)?.lastStart ?? 0,
    }));
  }

  async function start(name: string): Promise<void> {
    const { rows } = await pool.query<{ edge_function: string | null }>(
      "select edge_function from private.schedules where name = $1",
      [name],
    );
    const edgeFunction = rows[0]?.edge_function;
    if (!edgeFunction) await pool.query("select private.run_schedule($1)", [name]);
    else if (!calling.has(name)) {
      calling.add(name);
      await call(name, edgeFunction).finally(() => calling.delete(name));
    }
  }

  async function call(name: string, edgeFunction: string): Promise<void> {
    const began = new Date();
    const failure = await post(`${options.functions.url}/${edgeFunction}`).catch(messageOf);
    await pool.query(
      `insert into private.schedule_runs (name, started_at, finished_at, ok, message)
        values ($1, $2, clock_timestamp(), $3::text is null, $3)`,
      [name, began, failure],
    );
  }

  /** Why it failed; null when it did not. */
  async function post(url: string): Promise<string | null> {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", apikey: options.functions.secretKey },
      body: "{}",
      signal: AbortSignal.any([AbortSignal.timeout(CALL_TIMEOUT_MS), stopping.signal]),
    });
    const answer = await response.text();
    return response.ok ? null : `${response.status} ${answer.slice(0, 500)}`;
  }

  function run(work: Promise<void>): void {
    const watched = work
      .then(() => {
        lastTrouble = "";
      })
      .catch((error: unknown) => {
        // Once per trouble, not once per tick: the database may be away for a while.
        if (messageOf(error) !== lastTrouble) options.log(`Scheduler: ${messageOf(error)}`);
        lastTrouble = messageOf(error);
      })
      .finally(() => running.delete(watched));
    running.add(watched);
  }
}

function minuteOf(at: number): number {
  return Math.floor(at / 60_000);
}
