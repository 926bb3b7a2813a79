// Live channels as supabase-js opens them, with a way to wait for what they are told.
import { randomUUID } from "node:crypto";
import type { RealtimeChannel, RealtimeChannelOptions, SupabaseClient } from "@supabase/supabase-js";
import type { Ask } from "./owner.ts";

const PATIENCE_MS = 20_000;

interface Heard {
  event: string;
  payload: Record<string, unknown>;
  meta?: { id: string; replayed?: boolean };
}

export interface Ear {
  channel: RealtimeChannel;
  heard: Heard[];
  /** What the channel's callback was told: SUBSCRIBED, CHANNEL_ERROR, CLOSED … with the reason. */
  states: { state: string; reason: string | undefined }[];
  /** The system messages: why the server ended the channel. */
  system: Record<string, unknown>[];
  /** Resolves as soon as it is so; rejects, with what there was, when it does not become so. */
  until(what: string, isSo: (ear: Ear) => boolean): Promise<void>;
}

/** Begins to join; `until` tells what came of it. */
export async function listenTo(
  client: SupabaseClient,
  topic: string,
  config: RealtimeChannelOptions["config"] = {},
  prepare: (channel: RealtimeChannel, notice: () => void) => unknown = () => {},
): Promise<Ear> {
  // Else the first join may leave before the token is known, as somebody who has not signed in.
  await client.realtime.setAuth();
  const waiting = new Set<() => void>();
  const notice = () => {
    for (const check of waiting) check();
  };
  const channel = client.channel(topic, { config: { private: true, ...config } });
  const ear: Ear = {
    channel,
    heard: [],
    states: [],
    system: [],
    until: (what, isSo) =>
      new Promise((resolve, reject) => {
        const end = (finish: () => void) => {
          clearTimeout(deadline);
          waiting.delete(check);
          finish();
        };
        const check = () => {
          if (isSo(ear)) end(resolve);
        };
        const deadline = setTimeout(() => {
          const { states, heard, system } = ear;
          end(() => reject(new Error(`Not so in time: ${what}. ${JSON.stringify({ states, heard, system })}`)));
        }, PATIENCE_MS);
        waiting.add(check);
        check();
      }),
  };
  channel.on("broadcast", { event: "*" }, (message) => {
    ear.heard.push({ event: message.event, payload: message.payload, ...(message.meta && { meta: message.meta }) });
    notice();
  });
  channel.on("system", {}, (message: Record<string, unknown>) => {
    ear.system.push(message);
    notice();
  });
  prepare(channel, notice);
  channel.subscribe((state, error) => {
    ear.states.push({ state, reason: error?.message });
    notice();
  });
  return ear;
}

export const joined = (ear: Ear): Promise<void> =>
  ear.until("it has joined", ({ states }) => states.some(({ state }) => state === "SUBSCRIBED"));

/** The reason that the server gave. */
export async function refusal(ear: Ear): Promise<string> {
  await ear.until("it is refused", ({ states }) => states.some(({ state }) => state === "CHANNEL_ERROR"));
  return ear.states.find(({ state }) => state === "CHANNEL_ERROR")?.reason ?? "";
}

export async function hears(
  client: SupabaseClient,
  topic: string,
  config?: RealtimeChannelOptions["config"],
): Promise<Ear> {
  const ear = await listenTo(client, topic, config);
  await joined(ear);
  return ear;
}

export interface TestTopics {
  /** Signed-in people may hear topics that begin with this, and nobody may send. */
  heard: string;
  /** Those who are signed in may hear and send, broadcasts and presence. */
  open: string;
  remove(): Promise<void>;
}

/** Topics of a test's own: the product's policies know nothing of them. */
export async function createTestTopics(ask: Ask): Promise<TestTopics> {
  const name = `test_${randomUUID().slice(0, 8)}`;
  const [heard, open] = [`${name}:heard:`, `${name}:open:`];
  await ask(`create policy ${name}_hear on realtime.messages for select to authenticated
    using (realtime.topic() like '${name}:%')`);
  await ask(`create policy ${name}_send on realtime.messages for insert to authenticated
    with check (realtime.topic() like '${open}%')`);
  return {
    heard,
    open,
    async remove() {
      await ask(`drop policy ${name}_hear on realtime.messages`);
      await ask(`drop policy ${name}_send on realtime.messages`);
    },
  };
}

/** As triggers of the database do it. */
export async function sendFromDatabase(ask: Ask, topic: string, payload: unknown, event = "changes"): Promise<void> {
  await ask("select realtime.send($1::jsonb, $2, $3, true)", [JSON.stringify(payload), event, topic]);
}
