// What it costs to tell of a write: one partner, and ten thousand in one statement, with the triggers that make a table live and without,
// by turns on the same table, with everything else that a partner's write does.
import { randomUUID } from "node:crypto";
import pg from "pg";
import type { StackStatus } from "../../supabase/local/running.ts";
import { type Ask, askWith } from "../support/owner.ts";
import { median, type Tell } from "./figure.ts";

const MANY = 10_000;
const MANY_ROUNDS = 15;
const TURNS = 24;
const WRITES_A_TURN = 20;
const WRITERS = 8;
const WRITER_TURNS = 15;

type Modes = "silent" | "told";

export async function benchLiveWrites({ dbUrl }: StackStatus, tell: Tell): Promise<void> {
  const client = new pg.Client({ connectionString: dbUrl });
  await client.connect();
  const ask = askWith(client);
  try {
    const organization = await grow(ask);
    await ask("select private.tell('user:' || gen_random_uuid(), 'warm', '{}')");
    for (const [what, sql] of Object.entries(singles)) await compareOne(ask, what, sql(organization), tell);
    await compareWriters(ask, dbUrl, singles, organization, tell);
    for (const [what, sql] of Object.entries(many)) await compareMany(ask, what, sql(organization), tell);
  } finally {
    await ask("alter table public.partners enable trigger user");
    await client.end();
  }
}

const singles = {
  update: (organization: string) =>
    `update public.partners set notes = 'Seen ' || clock_timestamp(), relationship_health = (random() * 99)::integer
     where id = (select id from public.partners where organization_id = '${organization}' order by id offset (random() * 500)::integer limit 1)`,
  insert: (organization: string) =>
    `insert into public.partners (organization_id, name, status) values ('${organization}', 'One ' || gen_random_uuid(), 'active')`,
};

const many: Record<string, (organization: string) => string> = {
  update: (organization) =>
    `update public.partners set notes = 'Seen ' || clock_timestamp() where organization_id = '${organization}' and name like 'Row %'`,
};

async function grow(ask: Ask): Promise<string> {
  const id = randomUUID();
  await ask("insert into public.organizations (id, name, slug) values ($1, 'Live bench', $2)", [
    id,
    `live-bench-${id.slice(0, 8)}`,
  ]);
  await ask(
    `insert into public.partners (organization_id, name, status) select $1, 'Row ' || n, 'active' from generate_series(1, ${MANY}) as n`,
    [id],
  );
  await ask("vacuum analyze public.partners");
  return id;
}

async function setMode(ask: Ask, mode: Modes): Promise<void> {
  for (const command of ["insert", "update", "delete"])
    await ask(
      `alter table public.partners ${mode === "told" ? "enable" : "disable"} trigger _900_broadcast_${command}`,
    );
}

/** Each write in a transaction of its own, as a request is. */
async function compareOne(ask: Ask, what: string, sql: string, tell: Tell): Promise<void> {
  const times: Record<Modes, number[]> = { silent: [], told: [] };
  for (let turn = 0; turn < TURNS; turn++)
    for (const mode of turn % 2 ? (["silent", "told"] as const) : (["told", "silent"] as const)) {
      await setMode(ask, mode);
      for (let write = 0; write < WRITES_A_TURN + 5; write++) {
        const began = performance.now();
        await ask(sql);
        // A switched trigger makes plans anew; the first turns make everything warm.
        if (turn >= 4 && write >= 5) times[mode].push(performance.now() - began);
      }
    }
  const [silent, told] = [median(times.silent), median(times.told)];
  tell({
    what: `One partner's ${what}, told`,
    value: `${told.toFixed(2)} ms, ${(silent / told).toFixed(2)} × the writes that tell nobody (${silent.toFixed(2)} ms)`,
    bar: "≥ 0.70 ×",
    ok: silent / told >= 0.7,
  });
}

/** Each on a connection of its own, all in one organization. */
async function compareWriters(
  ask: Ask,
  dbUrl: string,
  { insert, update }: Record<"insert" | "update", (organization: string) => string>,
  organization: string,
  tell: Tell,
): Promise<void> {
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const writer = new pg.Client({ connectionString: dbUrl });
      await writer.connect();
      return writer;
    }),
  );
  const times: Record<Modes, number[]> = { silent: [], told: [] };
  try {
    for (let turn = 0; turn < WRITER_TURNS; turn++)
      for (const mode of turn % 2 ? (["silent", "told"] as const) : (["told", "silent"] as const)) {
        await setMode(ask, mode);
        const began = performance.now();
        await Promise.all(
          writers.map(async (writer) => {
            for (let write = 0; write < WRITES_A_TURN; write++)
              await writer.query((write % 2 ? update : insert)(organization));
          }),
        );
        if (turn > 0) times[mode].push(performance.now() - began);
      }
  } finally {
    await Promise.all(writers.map((writer) => writer.end()));
  }
  const ratio = median(times.silent) / median(times.told);
  tell({
    what: `${WRITERS} writers on one organization, told`,
    value: `${ratio.toFixed(2)} × the writes that tell nobody`,
    bar: "≥ 0.60 ×",
    ok: ratio >= 0.6,
  });
}

/** Each is undone, so that every round meets the same table. */
async function compareMany(ask: Ask, what: string, sql: string, tell: Tell): Promise<void> {
  const times: Record<Modes, number[]> = { silent: [], told: [] };
  for (let round = 0; round < MANY_ROUNDS; round++)
    for (const mode of round % 2 ? (["silent", "told"] as const) : (["told", "silent"] as const)) {
      await setMode(ask, mode);
      await ask("begin");
      const began = performance.now();
      await ask(sql);
      if (round > 0) times[mode].push(performance.now() - began);
      await ask("rollback");
    }
  const [silent, told] = [median(times.silent), median(times.told)];
  tell({
    what: `${MANY.toLocaleString("en")}-row ${what} of partners, told`,
    value: `${Math.round(told)} ms = ${(told / silent).toFixed(2)} × without (${Math.round(silent)} ms)`,
    bar: "≤ 1.3 ×",
    ok: told / silent <= 1.3,
  });
}
