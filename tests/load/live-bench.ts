// Live messages: how fast and how faithfully what transactions send reaches open sockets, also when the server dies in between.
import { randomUUID } from "node:crypto";
import type { StackStatus } from "../../supabase/local/running.ts";
import { killRealtime } from "../support/live-process.ts";
import { type Ask, openOwner } from "../support/owner.ts";
import { eventually } from "../support/processes.ts";
import type { Figure, Tell } from "./figure.ts";
import type { Received } from "./live-clients.ts";
import { createToken, now, percentile, startClients, watchEcho, watchNotifications, write } from "./live-world.ts";

const MESSAGES = 5000;
const PER_SECOND = 500;
const SOCKETS = 20;
const TOPICS = 4;
const CONVERGED_MS = 5000;

export async function benchLive(status: StackStatus, tell: Tell): Promise<void> {
  const owner = openOwner(status.dbUrl);
  const mayHear = `live-bench-${randomUUID()}@example.test`;
  const topics = Array.from({ length: TOPICS }, (_, index) => `live-bench:${index}`);
  try {
    const [token, stranger] = [await createToken(status, mayHear), await createToken(status, `not-${mayHear}`)];
    await owner.ask(`create policy live_bench on realtime.messages for select to authenticated
      using (realtime.topic() like 'live-bench:%' and auth.jwt() ->> 'email' = '${mayHear}')`);
    const place = { status, topics, token, stranger };
    for (const figure of await paced(place)) tell(figure);
    for (const figure of await killed(place, owner.ask)) tell(figure);
  } finally {
    await owner.ask("drop policy if exists live_bench on realtime.messages");
    await owner.close();
  }
}

interface Place {
  status: StackStatus;
  topics: string[];
  token: string;
  stranger: string;
}

/** Everybody hears every topic; somebody whom the policy does not let in tries to. */
async function paced({ status, topics, token, stranger }: Place): Promise<Figure[]> {
  const clients = startClients();
  const committed = new Float64Array(MESSAGES);
  const place = { apiUrl: status.apiUrl, key: status.publishableKey, topics, messages: MESSAGES };
  try {
    await clients.ask({ kind: "listen", what: { ...place, token, sockets: SOCKETS } }, "joined");
    const { refused } = await clients.ask(
      { kind: "listen", what: { ...place, token: stranger, sockets: 1 } },
      "joined",
    );
    const { port } = await clients.ask({ kind: "echo" }, "echo");
    const notifications = await watchNotifications(status, committed);
    const echo = await watchEcho(port);
    await write(status, { topics, from: 0, count: MESSAGES, perSecond: PER_SECOND, committed });
    const heard = await settled(clients, SOCKETS);
    const [notify, echoed] = [percentile(await notifications(), 0.95), percentile(echo(), 0.95)];
    const sockets = heard.slice(0, SOCKETS);
    const late = sockets.flatMap(({ times }) =>
      [...times].map((at, n) => (at ? at - (committed[n] ?? 0) : Number.NaN)),
    );
    const lost = late.filter(Number.isNaN).length;
    const took = late.filter((ms) => !Number.isNaN(ms));
    const [half, most] = [percentile(took, 0.5), percentile(took, 0.95)];
    const bar = 3 * (notify + echoed);
    const leaked = heard.slice(SOCKETS).reduce((sum, { times }) => sum + times.filter(Boolean).length, 0);
    const what = `${MESSAGES} messages at ${PER_SECOND}/s to ${SOCKETS} sockets`;
    return [
      none(`${what}: lost`, lost),
      none(`${what}: out of order in their topic`, sum(sockets, "reordered")),
      none(`${what}: heard by somebody the policy refuses (${refused} of ${topics.length} joins refused)`, leaked),
      {
        what: `${what}: commit to client, p95`,
        value: `${most.toFixed(2)} ms (p50 ${half.toFixed(2)}; NOTIFY p95 ${notify.toFixed(2)}, echo p95 ${echoed.toFixed(2)})`,
        bar: `≤ 3 × (NOTIFY + echo) = ${bar.toFixed(2)} ms`,
        ok: most <= bar,
      },
    ];
  } finally {
    clients.end();
  }
}

/** The server is killed in the middle; its clients are left to themselves. */
async function killed({ status, topics, token }: Place, ask: Ask): Promise<Figure[]> {
  const clients = startClients();
  const committed = new Float64Array(MESSAGES);
  const place = { apiUrl: status.apiUrl, key: status.publishableKey, topics, messages: MESSAGES };
  try {
    await clients.ask({ kind: "listen", what: { ...place, token, sockets: SOCKETS } }, "joined");
    const writing = write(status, { topics, from: 0, count: MESSAGES, perSecond: PER_SECOND, committed });
    await eventually(() => committed[MESSAGES / 2] ?? 0, Boolean);
    await killRealtime(ask);
    const back = now();
    const written = committed.findLastIndex(Boolean);
    await writing;
    const heard = await settled(clients, SOCKETS);
    const converged = Math.max(
      ...heard.map(({ times }) =>
        Math.max(...[...times.slice(0, written + 1)].map((at) => at || Number.POSITIVE_INFINITY)),
      ),
    );
    const lost = heard.reduce((missing, { times }) => missing + times.filter((at) => !at).length, 0);
    const what = "The server killed with -9 in the middle";
    return [
      none(`${what}: lost`, lost),
      none(`${what}: out of order in their topic (${sum(heard, "repeated")} came twice)`, sum(heard, "reordered")),
      {
        what: `${what}: every client has everything after it is back`,
        value: `${Math.round(converged - back)} ms`,
        bar: `≤ ${CONVERGED_MS} ms`,
        ok: converged - back <= CONVERGED_MS,
      },
    ];
  } finally {
    clients.end();
  }
}

/** Asks until everything has come, or nothing more comes. */
async function settled(clients: ReturnType<typeof startClients>, sockets: number): Promise<Received[]> {
  const count = (received: Received[]) =>
    received.slice(0, sockets).reduce((total, { times }) => total + times.filter(Boolean).length, 0);
  let last = -1;
  let since = now();
  return eventually(
    async () => (await clients.ask({ kind: "report" }, "report")).received,
    (received) => {
      const total = count(received);
      if (total !== last) since = now();
      last = total;
      return total === sockets * MESSAGES || now() - since > CONVERGED_MS;
    },
  );
}

function none(what: string, count: number): Figure {
  return { what, value: String(count), bar: "0", ok: count === 0 };
}

function sum(received: Received[], what: "reordered" | "repeated"): number {
  return received.reduce((total, one) => total + one[what], 0);
}
