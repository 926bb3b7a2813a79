// One client's websocket: reads its frames, keeps its channels, and cuts it when it is dead, too slow or sends nonsense.
import type { RawData, WebSocket } from "ws";
import { messageOf } from "../problem.ts";
import type { JoinedChannel } from "./channel.ts";
import { decode, encodeReply, type Frame, type Push, topicOf, type Version } from "./frames.ts";
import { Refusal } from "./identity.ts";
import { type JoinHost, join } from "./join.ts";
import { createCounter, limits } from "./limits.ts";

/** What all sockets have in common. */
export type SocketServices = Pick<JoinHost, "authorizer" | "hub" | "presence" | "identify" | "replay" | "log">;

export interface Client {
  version: Version;
  ip: string;
  identityOfKey: JoinHost["identityOfKey"];
}

export interface OpenSocket {
  /** Cuts the client off when nothing has been heard of it for too long. */
  checkPulse(now: number): void;
  /** The server goes: clients come back by themselves. */
  close(): void;
}

// Close codes: what was sent cannot be read; too many joins; the server goes for now.
const UNREADABLE = 1007;
const TRY_LATER = 1013;
const GOING = 1012;

export function openSocket(ws: WebSocket, client: Client, services: SocketServices, onClosed: () => void): OpenSocket {
  const { version } = client;
  // Null while a join is under way.
  const channels = new Map<string, { joinRef: string | null; channel: JoinedChannel | null }>();
  const mayJoinAgain = createCounter(limits.joins);
  const countBroadcast = createCounter(limits.broadcasts);
  let lastHeard = Date.now();

  const host: JoinHost = {
    ...services,
    version,
    ip: client.ip,
    identityOfKey: client.identityOfKey,
    countBroadcast,
    send,
    reply: (to, status, response) => send(encodeReply(version, to, status, response)),
  };

  ws.on("message", (data: RawData, binary: boolean) => {
    lastHeard = Date.now();
    const push = decode(version, toBuffer(data), binary);
    if (push) receive(push);
    else ws.close(UNREADABLE, "The message cannot be read");
  });
  // An oversized or broken frame, a reset connection: `close` follows.
  ws.on("error", () => {});
  ws.on("close", () => {
    for (const { channel } of channels.values()) channel?.abandon();
    channels.clear();
    onClosed();
  });

  return {
    checkPulse(now) {
      if (now - lastHeard > limits.silenceMs) ws.terminate();
    },
    close: () => ws.close(GOING, "Realtime is restarting, please standby"),
  };

  function receive(push: Push): void {
    const topic = topicOf(push.topic);
    if (push.topic === "phoenix" && push.event === "heartbeat") host.reply(push, "ok", {});
    else if (topic === null) host.reply(push, "error", { reason: "unmatched topic" });
    else if (push.event === "phx_join") void handleJoin(topic, push);
    else pass(topic, push);
  }

  function pass(topic: string, push: Push): void {
    const known = channels.get(topic);
    // A message of a channel that has been joined anew since is not meant for this one.
    if (!known || (push.joinRef !== null && push.joinRef !== known.joinRef)) {
      if (push.event === "phx_leave") host.reply(push, "ok", {});
      else host.reply(push, "error", { reason: "unmatched topic" });
      return;
    }
    if (push.event === "phx_leave") {
      channels.delete(topic);
      host.reply(push, "ok", {});
      known.channel?.close();
    } else known.channel?.receive(push);
  }

  async function handleJoin(topic: string, push: Push): Promise<void> {
    if (!mayJoinAgain()) {
      host.reply(push, "error", { reason: "ClientJoinRateLimitReached: Too many joins per second" });
      return ws.close(TRY_LATER, "Too many joins per second");
    }
    const before = channels.get(topic);
    if (!before && channels.size >= limits.channels)
      return host.reply(push, "error", { reason: "ChannelRateLimitReached: Too many channels" });
    // Joined anew: the client has forgotten the channel it had.
    channels.delete(topic);
    before?.channel?.close();
    const entry: { joinRef: string | null; channel: JoinedChannel | null } = {
      joinRef: push.joinRef ?? push.ref,
      channel: null,
    };
    const isCurrent = () => channels.get(topic) === entry;
    channels.set(topic, entry);
    try {
      const { channel, begin } = await join(host, topic, push, () => {
        if (isCurrent()) channels.delete(topic);
      });
      // It left, joined anew or went away meanwhile.
      if (!isCurrent()) return channel.abandon();
      entry.channel = channel;
      host.reply(push, "ok", { postgres_changes: [] });
      begin();
    } catch (error) {
      if (!isCurrent()) return;
      channels.delete(topic);
      if (!(error instanceof Refusal)) services.log(`A join of "${topic}" failed: ${messageOf(error)}`);
      const reason = error instanceof Refusal ? `${error.code}: ${error.message}` : "Unknown Error on Channel";
      host.reply(push, "error", { reason });
    }
  }

  function send({ data, binary }: Frame): void {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > limits.unsentBytes) {
      services.log(`A client at ${client.ip} does not take its messages and was cut off.`);
      ws.terminate();
      return;
    }
    ws.send(data, { binary });
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
