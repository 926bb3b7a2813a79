// The long fault tests: what was acknowledged is there after any end, and nothing is left behind.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePorts } from "../../supabase/local/with-stack.ts";
import { type OwnStack, ownStack, type RunningCommand, startCommand } from "../support/command.ts";
import { eventually, processesOf } from "../support/processes.ts";

const ROUNDS = 20;
const REQUESTS = 20_000;
const seed = Number(process.env.DRILL_SEED ?? Date.now() % 1_000_000);
console.log(`Drill with DRILL_SEED=${seed}`);

let own: OwnStack;
let random: () => number;

beforeEach(async () => {
  own = await ownStack();
  let state = seed;
  random = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
});
afterEach(() => own.remove());

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** Connects as soon as the database takes connections again. */
async function connectedAgain(url: string): Promise<pg.Client> {
  const client = await eventually(
    () => connected(url).catch(() => null),
    (found) => found !== null,
  );
  if (!client) throw new Error("unreachable");
  return client;
}

/** Four writers insert until their connection breaks; gives back what was acknowledged to them. */
async function writeUntilBroken(url: string, round: number): Promise<string[]> {
  const acknowledged: string[] = [];
  await Promise.all(
    [0, 1, 2, 3].map(async (writer) => {
      const client = await connected(url);
      try {
        for (let row = 0; ; row++) {
          const id = `${round}-${writer}-${row}`;
          await client.query("insert into public.drill values ($1)", [id]);
          acknowledged.push(id);
        }
      } catch {
        await client.end().catch(() => {});
      }
    }),
  );
  return acknowledged;
}

async function expectAll(url: string, acknowledged: string[]): Promise<void> {
  const client = await connectedAgain(url);
  const { rows } = await client.query<{ missing: string[] | null }>(
    "select array_agg(id) as missing from unnest($1::text[]) id where not exists (select from public.drill d where d.id = id.id)",
    [acknowledged],
  );
  await client.end();
  expect(rows[0]?.missing, `seed ${seed}`).toBeNull();
}

const postmasterOf = (dataDir: string) =>
  Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);

async function prepare(): Promise<{ command: RunningCommand; dbUrl: string }> {
  const command = await own.start();
  const { dbUrl } = await own.status();
  const client = await connected(dbUrl);
  await client.query("create table public.drill (id text primary key)");
  await client.end();
  return { command, dbUrl };
}

test(`Postgres killed hard ${ROUNDS} times under load keeps every acknowledged row`, async () => {
  const { dbUrl } = await prepare();
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const writing = writeUntilBroken(dbUrl, round);
    // More than five ends in a minute would be a server that cannot live: the stack gives up then, rightly.
    await delay(12_000 + random() * 1500);
    process.kill(postmasterOf(own.dataDir), "SIGKILL");
    acknowledged.push(...(await writing));
    await expectAll(dbUrl, acknowledged);
  }
  expect(acknowledged.length).toBeGreaterThan(ROUNDS);
});

test(`the stack killed hard ${ROUNDS} times under load keeps every acknowledged row and leaves no process`, async () => {
  let { command, dbUrl } = await prepare();
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const writing = writeUntilBroken(dbUrl, round);
    await delay(200 + random() * 1500);
    command.process.kill("SIGKILL");
    acknowledged.push(...(await writing));
    await command.finished;
    await eventually(
      () => processesOf(own.dataDir),
      (left) => left.length === 0,
    );
    command = await own.start();
    await expectAll(dbUrl, acknowledged);
  }
  expect(acknowledged.length).toBeGreaterThan(ROUNDS);
});

test(`${ROUNDS} starts and stops leave no process and no temporary file`, async () => {
  const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith("partner-workspace"));
  const before = new Set(ours());
  for (let round = 0; round < ROUNDS; round++) {
    const command = await own.start();
    command.process.kill("SIGTERM");
    expect((await command.finished).code).toBe(0);
    expect(processesOf(own.dataDir)).toEqual([]);
    expect(readdirSync(own.dataDir).filter((name) => /lock|\.new|stack\.json/.test(name))).toEqual([]);
  }
  expect(ours().filter((name) => !before.has(name))).toEqual([]);
});

// Mounting a small disk is a right of root on Linux only.
const canMount = process.platform === "linux" && process.getuid?.() === 0;
test.skipIf(!canMount)("a disk that fills up stops the writing, and room brings it back", async () => {
  const disk = mkdtempSync(join(tmpdir(), "partner-workspace-disk-"));
  const mount = (options: string) => spawnSync("/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]).status;
  expect(mount("size=420m")).toBe(0);
  try {
    const [api, db] = await freePorts(2);
    const place = join(disk, "data");
    const ports = ["--api-port", String(api), "--db-port", String(db)];
    const command = startCommand("stack", ["--data-dir", place, ...ports]);
    await command.until("The stack is ready.");
    const { status } = JSON.parse(readFileSync(join(place, "stack.json"), "utf8"));
    const client = await connected(status.dbUrl);
    await client.query("create table public.drill (id text primary key)");
    await client.query("insert into public.drill values ('before')");
    // Nothing but log, until the log itself finds no room.
    const filling = "select pg_logical_emit_message(true, 'drill', repeat('x', 8000000)) from generate_series(1, 60)";
    await expect(client.query(filling)).rejects.toThrow();
    await client.end().catch(() => {});
    await command.until("The disk is full.");
    expect(mount("remount,size=900m")).toBe(0);
    await command.until("Postgres is back.");
    await expectAll(status.dbUrl, ["before"]);
    command.process.kill("SIGTERM");
    expect((await command.finished).code).toBe(0);
  } finally {
    spawnSync("/bin/umount", [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});

test(`${REQUESTS} requests that make no sense end in no server error, and the stack goes on`, async () => {
  const command = await own.start();
  const { apiUrl, publishableKey, secretKey } = await own.status();
  const pick = <T>(values: T[]): T => values[Math.floor(random() * values.length)] as T;
  const places = ["/rest/v1/", "/rest/v1/rpc/", "/auth/v1/", "/auth/v1/admin/", "/functions/v1/", "/mail/", "/", "//"];
  const ends = ["", "users", "token?grant_type=%00", "signup", "__proto__", "%zz", "%ff", "..%2f..%2fetc%2fpasswd"];
  ends.push(
    `schedules?select=${"a(".repeat(400)}`,
    `schedules?or=(${"and(".repeat(400)}`,
    "health%00",
    "api/v1/messages",
  );
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "FOO"];
  const bodies = ["", "{", "null", '{"__proto__":{"x":1}}', '{"email":[],"password":{}}', "[".repeat(20_000), "\0ÿ"];
  const extras = ["upgrade: websocket\r\nconnection: upgrade", "host: [", "prefer: max-affected=x", "range: 5-1"];
  extras.push("authorization: Bearer x.y.z", "content-type: text/csv", "accept-profile: auth", "origin: null", "x: y");
  const failures: string[] = [];
  let left = REQUESTS;
  const client = async () => {
    while (left-- > 0) {
      const body = pick(bodies);
      const key = random() < 0.3 ? secretKey : publishableKey;
      const head = `${pick(methods)} ${pick(places)}${pick(ends)} HTTP/1.1\r\nhost: localhost\r\napikey: ${key}`;
      const length = Buffer.byteLength(body, "latin1");
      const answer = await exchange(
        Number(new URL(apiUrl).port),
        `${head}\r\n${pick(extras)}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`,
      );
      if (/^HTTP\/1.1 5/.test(answer)) failures.push(`${head.split("\r\n")[0]} → ${answer.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
  expect(failures, `seed ${seed}`).toEqual([]);
  expect((await fetch(`${apiUrl}/auth/v1/health`, { headers: { apikey: publishableKey } })).status).toBe(200);
  command.process.kill("SIGTERM");
  expect((await command.finished).code).toBe(0);
});

/** Straight through a socket: no client library would send these. */
function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(request, "latin1"));
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}
