// What the timeline costs: writes of a table that feeds it beside the same without, with three million events there already, alone,
// from eight writers and ten thousand at once; pages by every filter, in the middle of it all; and its backfill beside COPY.
import pg from "pg";
import type { StackStatus } from "../../supabase/local/running.ts";
import { askWith } from "../support/owner.ts";
import { type Figure, median } from "./figure.ts";
import { backfillTimeline } from "./timeline-backfill-bench.ts";
import { readTimeline } from "./timeline-pages-bench.ts";
import { growTimeline, prepareTables, TIMELINE_ORGANIZATION, tables } from "./timeline-world.ts";

const MANY = 10_000;
const MANY_ROUNDS = 21;
const SINGLE_ROUNDS = 400;
const WRITERS = 8;
const WRITER_ROUNDS = 12;
const WRITES_A_ROUND = 40;

type Tell = (figure: Figure) => void;
type Sql = (table: string) => string;

export async function benchTimeline({ dbUrl, adminDbUrl }: StackStatus, tell: Tell): Promise<void> {
  const client = new pg.Client({ connectionString: dbUrl });
  await client.connect();
  const ask = askWith(client);
  try {
    await prepareTables(ask);
    await growTimeline(ask);
    for (const [what, sql] of Object.entries(singles)) await compareSingle(client, what, sql, tell);
    await compareWriters(dbUrl, tell);
    for (const [what, sql] of Object.entries(many)) await compareMany(client, what, sql, tell);
    await readTimeline(ask, tell);
    await backfillTimeline(ask, adminDbUrl, tell);
  } finally {
    await client.end();
  }
}

const singles: Record<string, Sql> = {
  insert: (table) =>
    `insert into public.${table} (organization_id, partner_id, title) values ('${TIMELINE_ORGANIZATION}', gen_random_uuid(), 'One')`,
  update: (table) =>
    `update public.${table} set status = case status when 'pending' then 'completed' else 'pending' end
     where organization_id = '${TIMELINE_ORGANIZATION}' and number = 1 + (random() * 9999)::integer`,
};

const many: Record<string, Sql> = {
  insert: (table) => `insert into public.${table} (organization_id, partner_id, title)
    select '${TIMELINE_ORGANIZATION}', gen_random_uuid(), 'Many ' || n from generate_series(1, ${MANY}) as n`,
  update: (table) => `update public.${table} set status = case status when 'pending' then 'completed' else 'pending' end
    where organization_id = '${TIMELINE_ORGANIZATION}' and number <= ${MANY}`,
};

/** Each in a transaction of its own, as a request is; by turns. */
async function compareSingle(client: pg.Client, what: string, sql: Sql, tell: Tell): Promise<void> {
  const times: Record<string, number[]> = { bench_plain: [], bench_told: [] };
  for (let round = 0; round < SINGLE_ROUNDS; round++)
    for (const table of round % 2 ? tables : tables.toReversed()) {
      const began = performance.now();
      await client.query(sql(table));
      // The first ones make connections and plans warm.
      if (round >= 20) times[table]?.push(performance.now() - began);
    }
  const [plain, told] = [median(times.bench_plain ?? []), median(times.bench_told ?? [])];
  tell({
    what: `One ${what} with its event`,
    value: `${told.toFixed(2)} ms, ${(plain / told).toFixed(2)} × the writes without`,
    bar: "≥ 0.70 ×",
    ok: plain / told >= 0.7,
  });
}

async function compareWriters(dbUrl: string, tell: Tell): Promise<void> {
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const writer = new pg.Client({ connectionString: dbUrl });
      await writer.connect();
      return writer;
    }),
  );
  const times: Record<string, number[]> = { bench_plain: [], bench_told: [] };
  const writeAll = async (table: string) => {
    const began = performance.now();
    await Promise.all(
      writers.map(async (writer) => {
        for (let n = 0; n < WRITES_A_ROUND; n++)
          await writer.query(singles[n % 2 ? "update" : "insert"]?.(table) ?? "");
      }),
    );
    return performance.now() - began;
  };
  try {
    for (let round = 0; round < WRITER_ROUNDS; round++)
      for (const table of round % 2 ? tables : tables.toReversed()) {
        const took = await writeAll(table);
        if (round > 0) times[table]?.push(took);
      }
  } finally {
    await Promise.all(writers.map((writer) => writer.end()));
  }
  const ratio = median(times.bench_plain ?? []) / median(times.bench_told ?? []);
  tell({
    what: `${WRITERS} writers on one organization, each write with its event`,
    value: `${ratio.toFixed(2)} × the writes without`,
    bar: "≥ 0.60 ×",
    ok: ratio >= 0.6,
  });
}

/** Each is undone, so that every round meets the same tables. */
async function compareMany(client: pg.Client, what: string, sql: Sql, tell: Tell): Promise<void> {
  const times: Record<string, number[]> = { bench_plain: [], bench_told: [] };
  for (let round = 0; round < MANY_ROUNDS; round++)
    for (const table of round % 2 ? tables : tables.toReversed()) {
      await client.query("begin");
      const began = performance.now();
      await client.query(sql(table));
      if (round > 0) times[table]?.push(performance.now() - began);
      await client.query("rollback");
    }
  const [plain, told] = [median(times.bench_plain ?? []), median(times.bench_told ?? [])];
  tell({
    what: `${MANY.toLocaleString("en")}-row ${what} with its events`,
    value: `${Math.round(told)} ms = ${(told / plain).toFixed(2)} × without`,
    bar: "≤ 3.2 ×",
    ok: told / plain <= 3.2,
  });
}
