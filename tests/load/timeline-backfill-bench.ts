// The history of 300,000 rows into the timeline: beside COPY of the very same events into the very same indexes, and once more when all
// of them are there.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Ask } from "../support/owner.ts";
import { askWith } from "../support/owner.ts";
import { type Figure, median } from "./figure.ts";
import { TIMELINE_ORGANIZATION } from "./timeline-world.ts";

const ROWS = 300_000;
const CHUNK = 10_000;

export async function backfillTimeline(ask: Ask, adminDbUrl: string, tell: (figure: Figure) => void): Promise<void> {
  await ask("alter table public.bench_told disable trigger user");
  await ask(`insert into public.bench_told (organization_id, partner_id, title)
    select '${TIMELINE_ORGANIZATION}', gen_random_uuid(), 'Before ' || n from generate_series(1, ${ROWS}) as n`);
  await ask("alter table public.bench_told enable trigger user");
  await ask("vacuum analyze public.bench_told");

  const first = await backfill(ask);
  const repeated: number[] = [];
  let again = 0;
  for (let round = 0; round < 5; round++) {
    const { ms, added } = await backfill(ask);
    repeated.push(ms);
    again += added;
  }
  const ratio = median(repeated) / first.ms;
  const copied = await copyTheSame(adminDbUrl, first.added);
  tell({
    what: `History of ${first.added.toLocaleString("en")} rows, ${Math.round(first.added / (first.ms / 1000)).toLocaleString("en")} events/s`,
    value: `${(copied / first.ms).toFixed(2)} × COPY of the same events`,
    bar: "≥ 0.80 ×",
    ok: copied / first.ms >= 0.8,
  });
  tell({
    what: "The same again, when every event is there",
    value: `${ratio.toFixed(2)} × the first time (median of 5), ${again} events`,
    bar: "≤ 0.15 ×, none",
    ok: ratio <= 0.15 && again === 0,
  });
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
async function copyTheSame(adminDbUrl: string, expected: number): Promise<number> {
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
        where subject_table = 'bench_told' and kind = 'task_created' and subject_label ~ '^(Before|Row) ' order by subject_id
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
