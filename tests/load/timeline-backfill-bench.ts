// Histories of 100,000 rows into the timeline, each beside COPY of the very same events into the very same indexes, and once more when all
// of them are there.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Ask } from "../support/owner.ts";
import { askWith } from "../support/owner.ts";
import { type Figure, median } from "./figure.ts";
import { TIMELINE_ORGANIZATION } from "./timeline-world.ts";

const ROWS = 100_000;
const ROUNDS = 5;
const CHUNK = 10_000;

export async function backfillTimeline(ask: Ask, adminDbUrl: string, tell: (figure: Figure) => void): Promise<void> {
  const [speeds, ratios, repeated]: [number[], number[], number[]] = [[], [], []];
  let again = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await begin(ask, round);
    const first = await backfill(ask);
    const second = await backfill(ask);
    again += second.added;
    speeds.push(first.added / (first.ms / 1000));
    repeated.push(second.ms / first.ms);
    ratios.push((await copyTheSame(adminDbUrl, round, first.added)) / first.ms);
  }
  const [lowest, middle, highest] = [Math.min(...ratios), median(ratios), Math.max(...ratios)];
  tell({
    what: `History of ${ROWS.toLocaleString("en")} rows, ${Math.round(median(speeds)).toLocaleString("en")} events/s`,
    value: `${middle.toFixed(2)} × COPY of the same events (median of ${ROUNDS}, ${lowest.toFixed(2)} to ${highest.toFixed(2)})`,
    bar: "≥ 0.80 ×",
    ok: middle >= 0.8,
  });
  tell({
    what: "The same again, when every event is there",
    value: `${median(repeated).toFixed(2)} × the first time (median of ${ROUNDS}), ${again} events`,
    bar: "≤ 0.15 ×, none",
    ok: median(repeated) <= 0.15 && again === 0,
  });
}

/** Rows that nobody told of when they came; their keys stand together in the log, as those of a table do, and not between earlier ones. */
async function begin(ask: Ask, round: number): Promise<void> {
  await ask("truncate public.bench_told");
  await ask("alter table public.bench_told disable trigger user");
  await ask(`insert into public.bench_told (id, organization_id, partner_id, title)
    select overlay(gen_random_uuid()::text placing '${round}' from 1 for 1)::uuid, '${TIMELINE_ORGANIZATION}', gen_random_uuid(),
      'Before ${round}.' || n from generate_series(1, ${ROWS}) as n`);
  await ask("alter table public.bench_told enable trigger user");
  await ask("vacuum analyze public.bench_told");
}

async function backfill(ask: Ask): Promise<{ ms: number; added: number }> {
  const began = performance.now();
  let after: string | null = null;
  let added = 0;
  for (;;) {
    const [chunk]: { last_id: string | null; added: string }[] = await ask(
      "select last_id, added from private.backfill_partner_activity('public.bench_told', $1, $2)",
      [after, CHUNK],
    );
    if (!chunk?.last_id) break;
    after = chunk.last_id;
    added += Number(chunk.added);
  }
  return { ms: performance.now() - began, added };
}

/** Under other keys, which stand apart in the index as a table's do. */
async function copyTheSame(adminDbUrl: string, round: number, expected: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "timeline-bench-"));
  const file = join(folder, "events");
  // Postgres writes it, and runs as somebody else.
  chmodSync(folder, 0o777);
  const columns =
    "organization_id, partner_id, kind, occurred_at, actor, actor_name, subject_table, subject_id, subject_label, is_visible_to_partner, before, after, details";
  const admin = new pg.Client({ connectionString: adminDbUrl });
  await admin.connect();
  const ask = askWith(admin);
  try {
    await ask(`copy (
        select ${columns}, 'copied:' || subject_id || ':1:' || kind from public.partner_activity_log
        where subject_table = 'bench_told' and kind = 'task_created' and subject_label like 'Before ${round}.%' order by subject_id
      ) to '${file}'`);
    const began = performance.now();
    const { rowCount } = await admin.query(`copy public.partner_activity_log (${columns}, source_key) from '${file}'`);
    const took = performance.now() - began;
    if (rowCount !== expected) throw new Error(`${rowCount} events were copied instead of ${expected}.`);
    return took;
  } finally {
    await admin.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
