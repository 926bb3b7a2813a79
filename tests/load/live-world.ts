// What the live bench stands on: people, topics that only some may hear, writers that commit at an even pace, and the two things
// that the way of a message is compared with, NOTIFY and a websocket's echo.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "@supabase/supabase-js";
import pg from "pg";
import { WebSocket } from "ws";
import type { StackStatus } from "../../supabase/local/running.ts";
import type { FromClients, ToClients } from "./live-clients.ts";

export const now = () => Number(process.hrtime.bigint()) / 1e6;

export async function createToken({ apiUrl, publishableKey, secretKey }: StackStatus, email: string): Promise<string> {
  const auth = { persistSession: false, autoRefreshToken: false };
  const password = "Workspace-bench-2026";
  const admin = createClient(apiUrl, secretKey, { auth });
  const created = await admin.auth.admin.createUser({ email, password, email_confirm: true });
  if (created.error) throw created.error;
  const { data, error } = await createClient(apiUrl, publishableKey, { auth }).auth.signInWithPassword({
    email,
    password,
  });
  if (error) throw error;
  return data.session.access_token;
}

export interface Clients {
  ask<Kind extends FromClients["kind"]>(
    message: ToClients,
    answer: Kind,
  ): Promise<Extract<FromClients, { kind: Kind }>>;
  end(): void;
}

export function startClients(): Clients {
  const program = fileURLToPath(new URL("./live-clients.ts", import.meta.url));
  const child: ChildProcess = fork(program, [], { execArgv: [], serialization: "advanced" });
  const ended = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`The process of the sockets ended with code ${code}.`)));
  });
  ended.catch(() => {});
  return {
    async ask(message, answer) {
      child.send(message);
      for (;;) {
        const [reply]: FromClients[] = await Promise.race([once(child, "message"), ended]);
        if (reply?.kind === answer) return reply as never;
      }
    },
    end: () => child.kill(),
  };
}

/**
 * Messages numbered from `from`, one transaction each, at an even pace. Each topic has a writer of its own, so that the order of
 * its commits is the order of its numbers. Every tenth transaction sends a NOTIFY as well. `committed[n]` is the moment before the
 * commit was asked for.
 */
export async function write(
  { dbUrl }: StackStatus,
  work: { topics: string[]; from: number; count: number; perSecond: number; committed: Float64Array },
): Promise<void> {
  const { topics, from, count, perSecond, committed } = work;
  const start = now();
  await Promise.all(
    topics.map(async (topic, writer) => {
      const client = new pg.Client({ connectionString: dbUrl });
      await client.connect();
      for (let number = writer; number < count; number += topics.length) {
        const wait = start + (number * 1000) / perSecond - now();
        if (wait > 0.5) await delay(wait);
        const n = from + number;
        const notify = number % (10 * topics.length) < topics.length ? `select pg_notify('live_bench', '${n}');` : "";
        const payload = `{"n": ${n}, "table": "partners", "op": "update", "columns": ["name"]}`;
        await client.query(`begin; select realtime.send('${payload}', 'changes', '${topic}', true); ${notify}`);
        committed[n] = now();
        await client.query("commit");
      }
      await client.end();
    }),
  );
}

/** How long each NOTIFY took from its commit; ends when told to. */
export async function watchNotifications({ dbUrl }: StackStatus, committed: Float64Array) {
  const client = new pg.Client({ connectionString: dbUrl });
  await client.connect();
  const times: number[] = [];
  client.on("notification", ({ payload }) => times.push(now() - (committed[Number(payload)] ?? 0)));
  await client.query("listen live_bench");
  return async () => {
    await client.end();
    return times;
  };
}

/** Round trips of a small frame to a server that sends it back, a hundred a second; ends when told to. */
export async function watchEcho(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(socket, "open");
  const times: number[] = [];
  socket.on("message", (data) => times.push(now() - JSON.parse(data.toString())[4].payload.sent));
  const timer = setInterval(() => {
    const payload = { event: "changes", payload: { sent: now() } };
    socket.send(JSON.stringify([null, null, "realtime:bench", "broadcast", payload]));
  }, 10);
  return () => {
    clearInterval(timer);
    socket.terminate();
    return times;
  };
}

export function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}
