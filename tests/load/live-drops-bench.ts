// A hundred sockets that break while partners change: is what every client knows what the database holds, and how soon after it is back?
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { createClient, type RealtimeClientOptions } from "@supabase/supabase-js";
import pg from "pg";
import { WebSocket } from "ws";
import type { StackStatus } from "../../supabase/local/running.ts";
import { askWith, openOwner } from "../support/owner.ts";
import { eventually } from "../support/processes.ts";
import { createRandom, type Random } from "../support/random.ts";
import type { Tell } from "./figure.ts";
import { type Follower, follow } from "./live-follower.ts";
import { createToken, now } from "./live-world.ts";

const CLIENTS = 10;
const DROPS_EACH = 10;
const CHANGES = 12_000;
const PER_SECOND = 200;
const PARTNERS = 500;
const CONVERGED_MS = 5000;
const SEED = 7;

export async function benchDrops(status: StackStatus, tell: Tell): Promise<void> {
  const owner = openOwner(status.dbUrl);
  try {
    const token = await createToken(status, `live-drops-${randomUUID()}@example.test`);
    const connect = (realtime: RealtimeClientOptions = {}) =>
      createClient(status.apiUrl, status.publishableKey, { accessToken: async () => token, realtime });
    const { data: organization, error } = await connect().rpc("create_organization", { organization_name: "Drops" });
    if (error) throw error;
    await owner.ask(
      `insert into public.partners (organization_id, name, status) select $1, 'Row ' || n, 'active' from generate_series(1, $2) as n`,
      [organization, PARTNERS],
    );
    const { data: epoch } = await connect().rpc("live_epoch", { organization });
    const clients = Array.from({ length: CLIENTS }, () => {
      const sockets: WebSocket[] = [];
      const client = connect({ transport: keeping(sockets) });
      return { client, drop: () => sockets.at(-1)?.terminate() };
    });
    const followers: Follower[] = [];
    for (const { client } of clients) {
      await client.realtime.setAuth();
      followers.push(follow(client, organization, epoch));
    }
    await Promise.all(followers.map(({ started }) => started));

    const random = createRandom(SEED);
    const truth = await readTruth(owner.ask, organization);
    const writing = change(status, organization, truth, random);
    const times = await Promise.all(
      clients.map(({ drop }, index) =>
        dropAgainAndAgain(drop, followers[index] as Follower, truth, createRandom(SEED + index + 1)),
      ),
    );
    await writing;
    const wanted = fingerprint(await readTruth(owner.ask, organization));
    const same = await Promise.race([
      eventually(() => followers.every(({ versions }) => fingerprint(versions) === wanted), Boolean),
      delay(CONVERGED_MS, false),
    ]);
    for (const { client } of clients) await client.removeAllChannels();
    const all = times.flat();
    const slowest = Math.max(...all);
    const what = `${all.length} sockets dropped during ${CHANGES} changes (seed ${SEED})`;
    tell({
      what: `${what}: the client knows what the server does, after joining again`,
      value: `${Math.round(slowest)} ms at most`,
      bar: `≤ ${CONVERGED_MS} ms`,
      ok: slowest <= CONVERGED_MS,
    });
    tell({
      what: `${what}: in the end`,
      value: same ? "all the same as the table" : "not the same",
      bar: "all the same as the table",
      ok: same,
    });
  } finally {
    await owner.close();
  }
}

/** Sockets whose newest can be broken as a network breaks it. Only the types of their events differ from a browser's. */
function keeping(sockets: WebSocket[]): NonNullable<RealtimeClientOptions["transport"]> {
  class Breakable extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      sockets.push(this);
    }
  }
  return Breakable as unknown as NonNullable<RealtimeClientOptions["transport"]>;
}

type Ask = ReturnType<typeof askWith>;

async function readTruth(ask: Ask, organization: string): Promise<Map<string, number>> {
  const rows = await ask<{ id: string; version: string }>(
    "select id, version from public.partners where organization_id = $1",
    [organization],
  );
  return new Map(rows.map(({ id, version }) => [id, Number(version)]));
}

/** Mostly edits, some new and some deleted partners, at an even pace. `truth` follows every commit. */
async function change({ dbUrl }: StackStatus, organization: string, truth: Map<string, number>, random: Random) {
  const client = new pg.Client({ connectionString: dbUrl });
  await client.connect();
  const ask = askWith(client);
  const start = now();
  for (let done = 0; done < CHANGES; done++) {
    const wait = start + (done * 1000) / PER_SECOND - now();
    if (wait > 1) await delay(wait);
    const id = random.pick([...truth.keys()]);
    const kind = random.below(20);
    if (kind === 0) {
      const [row] = await ask<{ id: string; version: string }>(
        "insert into public.partners (organization_id, name, status) values ($1, 'New ' || gen_random_uuid(), 'active') returning id, version",
        [organization],
      );
      if (row) truth.set(row.id, Number(row.version));
    } else if (kind === 1) {
      await ask("delete from public.partners where id = $1", [id]);
      truth.delete(id);
    } else {
      const [row] = await ask<{ version: string }>(
        "update public.partners set notes = 'Seen ' || clock_timestamp() where id = $1 returning version",
        [id],
      );
      truth.set(id, Number(row?.version));
    }
  }
  await client.end();
}

/** How long each time from joining again until it knew at least what was committed at that moment. */
async function dropAgainAndAgain(
  drop: () => void,
  { versions, joins }: Follower,
  truth: Map<string, number>,
  random: Random,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < DROPS_EACH; round++) {
    await delay(500 + random.below(4000));
    const before = joins.length;
    drop();
    await eventually(
      () => joins.length,
      (count) => count > before,
    );
    const joinedAt = joins.at(-1) ?? 0;
    const wanted = new Map(truth);
    await eventually(
      () => [...wanted].every(([id, version]) => !truth.has(id) || (versions.get(id) ?? 0) >= version),
      Boolean,
    );
    times.push(now() - joinedAt);
  }
  return times;
}

function fingerprint(versions: Map<string, number>): string {
  return JSON.stringify([...versions].sort());
}
