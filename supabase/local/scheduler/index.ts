// Stands in for: pg_cron. Runs what `private.schedules` names when it is due, as `postgres`, through the very function that
// pg_cron calls on a hosted project; that function records the run and lets no schedule run twice at once.
import pg from "pg";
import { codeOf, messageOf } from "../problem.ts";
import { type CronSchedule, isDue, parseCron } from "./cron.ts";

export interface Scheduler {
  stop(): Promise<void>;
}

interface ScheduleRow {
  name: string;
  schedule: string;
}

const TICK_MS = 1000;
const UNDEFINED_TABLE = "42P01";

export function startScheduler(options: { dbUrl: string; log(line: string): void }): Scheduler {
  const pool = new pg.Pool({ connectionString: options.dbUrl, max: 2, idleTimeoutMillis: 10_000 });
  // A connection that breaks while idle is replaced by the next tick.
  pool.on("error", () => {});
  const running = new Set<Promise<void>>();
  const lastStart = new Map<string, number>();
  let lastMinute = minuteOf(new Date());
  let lastTrouble = "";
  let ticking = false;

  const timer = setInterval(() => {
    if (ticking) return;
    ticking = true;
    tick(new Date())
      .then(() => {
        lastTrouble = "";
      })
      .catch((error: unknown) => {
        // Once per trouble, not once per second: the database may be away for a while.
        if (messageOf(error) !== lastTrouble && codeOf(error) !== UNDEFINED_TABLE) options.log(`Scheduler: ${messageOf(error)}`);
        lastTrouble = messageOf(error);
      })
      .finally(() => {
        ticking = false;
      });
  }, TICK_MS);

  return {
    async stop() {
      clearInterval(timer);
      await Promise.allSettled(running);
      await pool.end();
    },
  };

  async function tick(now: Date): Promise<void> {
    const minute = minuteOf(now);
    const { rows } = await pool.query<ScheduleRow>("select name, schedule from private.schedules where enabled");
    // Minutes that passed while the machine slept or the database was away are not made up for, as with pg_cron.
    const newMinute = minute !== lastMinute;
    lastMinute = minute;
    for (const row of rows) {
      const schedule = parse(row);
      if (schedule && isTime(row.name, schedule, now, newMinute)) start(row.name, now);
    }
  }

  function parse(row: ScheduleRow): CronSchedule | null {
    try {
      return parseCron(row.schedule);
    } catch (error) {
      const trouble = `Schedule ${row.name}: ${messageOf(error)}`;
      if (trouble !== lastTrouble) options.log(trouble);
      lastTrouble = trouble;
      return null;
    }
  }

  function isTime(name: string, schedule: CronSchedule, now: Date, newMinute: boolean): boolean {
    if (!("everySeconds" in schedule)) return newMinute && isDue(schedule, now);
    const last = lastStart.get(name);
    return last === undefined || now.getTime() - last >= schedule.everySeconds * 1000;
  }

  function start(name: string, now: Date): void {
    lastStart.set(name, now.getTime());
    const run = pool
      .query("select private.run_schedule($1)", [name])
      .then(() => {})
      .catch((error: unknown) => options.log(`Schedule ${name} failed: ${messageOf(error)}`))
      .finally(() => running.delete(run));
    running.add(run);
  }
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000);
}
