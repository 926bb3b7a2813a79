// How a channel ends with its token: over HTTP a test would wait for an hour.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ChannelHost, openChannel } from "./channel.ts";
import type { Frame } from "./frames.ts";
import { createHub } from "./hub.ts";
import { createPresence } from "./presence.ts";

const MINUTE_MS = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function openFor(lifeMs: number) {
  const sent: unknown[] = [];
  const identity = (ms: number) => ({ role: "authenticated", claims: {}, expiresAt: Date.now() + ms });
  const hub = createHub();
  const host: ChannelHost = {
    version: "2.0.0",
    ip: "127.0.0.1",
    authorizer: {
      mayReceive: async () => ({ broadcast: true, presence: false }),
      maySend: async () => false,
    },
    hub,
    presence: createPresence(),
    identify: async (token) => identity(Number(token)),
    countBroadcast: () => true,
    send: ({ data }: Frame) => sent.push(JSON.parse(data.toString())),
    reply: () => {},
    log: () => {},
  };
  const channel = openChannel(host, {
    topic: "room",
    joinRef: "1",
    config: { ack: false, self: false, presenceKey: "me", presenceEnabled: false },
    identity: identity(lifeMs),
    rights: { broadcast: true, presence: false },
    onClosed: () => {},
  });
  channel.start([]);
  return { channel, hub, sent };
}

const renewal = (token: string) => ({
  joinRef: "1",
  ref: "2",
  topic: "realtime:room",
  event: "access_token",
  payload: { access_token: token },
});

describe("a channel", () => {
  test("ends when its token does, says why, and hears nothing more", async () => {
    const { hub, sent } = openFor(5 * MINUTE_MS);
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([
      [
        null,
        null,
        "realtime:room",
        "system",
        { extension: "system", status: "error", message: "Token has expired 0 seconds ago", channel: "room" },
      ],
      ["1", "1", "realtime:room", "phx_close", {}],
    ]);
    hub.broadcast({ topic: "room", event: "late", content: { json: "{}" }, meta: null });
    expect(sent).toHaveLength(2);
  });

  test("lives on with a new token", async () => {
    const { channel, sent } = openFor(5 * MINUTE_MS);
    channel.receive(renewal(String(120 * MINUTE_MS)));
    await vi.advanceTimersByTimeAsync(120 * MINUTE_MS - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
  });

  test("with a token for years sets no timer that overflows", async () => {
    const { sent } = openFor(50 * 365 * 24 * 60 * MINUTE_MS);
    await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE_MS);
    expect(sent).toEqual([]);
  });
});
