// One channel that a socket has joined: what it may hear and send, until it leaves, its token ends or its rights do.
import { messageOf } from "../problem.ts";
import type { Authorizer, Rights } from "./authorize.ts";
import { type Broadcast, encodeBroadcast, encodeEvent, type Frame, isRecord, type Push, wireTopic } from "./frames.ts";
import type { Hub, Member } from "./hub.ts";
import { expired, type Identity, isProjectKey, Refusal } from "./identity.ts";
import { createCounter, limits } from "./limits.ts";
import type { Presence, PresenceMember } from "./presence.ts";

export interface ChannelConfig {
  ack: boolean;
  self: boolean;
  presenceKey: string;
  presenceEnabled: boolean;
}

/** What a channel needs of its socket and of the server. */
export interface ChannelHost {
  readonly version: Member["version"];
  readonly ip: string;
  readonly authorizer: Authorizer;
  readonly hub: Hub;
  readonly presence: Presence;
  identify(token: string): Promise<Identity>;
  /** Counts one message of this client; false when it sends too many. */
  countBroadcast(): boolean;
  send(frame: Frame): void;
  reply(to: Push, status: "ok" | "error", response: unknown): void;
  log(line: string): void;
}

export interface JoinedChannel {
  readonly joinRef: string | null;
  /** Lets through what it has heard since it was opened, after the messages that it asked to have again. */
  start(replayed: Broadcast[]): void;
  receive(push: Push): void;
  /** Ends it for the server, and tells the client. */
  close(): void;
  /** Ends it without a word: the socket has gone, or it never began. */
  abandon(): void;
}

interface Opening {
  topic: string;
  joinRef: string | null;
  config: ChannelConfig;
  identity: Identity;
  rights: Rights;
  onClosed(): void;
}

const HOUR_MS = 3_600_000;

export function openChannel(host: ChannelHost, opening: Opening): JoinedChannel {
  const { topic, joinRef, config } = opening;
  const { authorizer, hub, presence, ip } = host;
  let { identity, rights } = opening;
  // What it may send is asked when it first sends, and again after each new token.
  let maySend: Partial<Record<"broadcast" | "presence", boolean>> = {};
  let presenceEnabled = config.presenceEnabled;
  let open = true;
  let expiry: NodeJS.Timeout | undefined;
  const replayedIds = new Set<string>();
  // It hears the topic from the start, so that nothing falls between what is read for it again and what comes next.
  let held: { frame: Frame; id: string | undefined }[] | null = [];
  const mayTrackAgain = createCounter(limits.presences);
  const mayRenewAgain = createCounter(limits.renewals);
  // One after the other, in the order they came: the first broadcast waits for the database, the second for the first.
  let work = Promise.resolve();

  const member: Member & PresenceMember = {
    version: host.version,
    presenceKey: config.presenceKey,
    get hearsBroadcasts() {
      return rights.broadcast;
    },
    get hearsPresence() {
      return presenceEnabled && rights.presence;
    },
    deliver(frame, id) {
      if (held) held.push({ frame, id });
      else if (id === undefined || !replayedIds.has(id)) host.send(frame);
    },
    sendEvent: (event, payload) => send(event, payload),
  };
  hub.add(topic, member);

  return {
    joinRef,
    start(replayed) {
      for (const message of replayed) {
        if (message.meta) replayedIds.add(message.meta.id);
        const frame = encodeBroadcast(host.version, message);
        if (frame) host.send(frame);
      }
      const since = held ?? [];
      held = null;
      for (const { frame, id } of since) member.deliver(frame, id);
      if (presenceEnabled) presence.follow(topic, member);
      watchExpiry();
    },
    receive(push) {
      work = work
        .then(() => handle(push))
        .catch((error: unknown) => {
          if (error instanceof Refusal) shutDown(error.message);
          else host.log(`A message to "${topic}" could not be handled: ${messageOf(error)}`);
        });
    },
    close,
    abandon,
  };

  async function handle(push: Push): Promise<void> {
    if (!open) return;
    if (push.event === "broadcast") await broadcast(push);
    else if (push.event === "presence") await handlePresence(push);
    else if (push.event === "access_token") await renew(push.payload.access_token);
  }

  async function broadcast(push: Push): Promise<void> {
    const { event, payload } = push.payload;
    if (!host.countBroadcast()) throw new Refusal("ChannelShutdown", "Too many messages per second");
    // As on the platform, who may not send is not told: the message goes nowhere, and no acknowledgement comes.
    if (!(await isAllowed("broadcast")) || typeof event !== "string" || !open) return;
    const content = Buffer.isBuffer(payload) ? { bytes: payload } : { json: JSON.stringify(payload ?? null) };
    const size = "bytes" in content ? content.bytes.length : Buffer.byteLength(content.json);
    if (size > limits.payloadBytes) {
      if (config.ack) host.reply(push, "error", { reason: "payload_size_exceeded" });
      return;
    }
    hub.broadcast({ topic, event, content, meta: null }, config.self ? undefined : member);
    if (config.ack) host.reply(push, "ok", {});
  }

  async function handlePresence(push: Push): Promise<void> {
    if (!mayTrackAgain()) throw new Refusal("ChannelShutdown", "Client presence rate limit exceeded");
    const event = String(push.payload.event).toLowerCase();
    if (event === "untrack") {
      presence.untrack(topic, member);
      return host.reply(push, "ok", {});
    }
    if (event !== "track") return host.reply(push, "error", {});
    const { payload = {} } = push.payload;
    if (!isRecord(payload)) return host.reply(push, "error", { reason: "Presence track payload must be a map" });
    if (JSON.stringify(payload).length > limits.payloadBytes)
      throw new Refusal("ChannelShutdown", "Track message size exceeded");
    const allowed = await isAllowed("presence");
    if (!open) return;
    if (!allowed) return host.reply(push, "error", {});
    if (!presenceEnabled) {
      presenceEnabled = true;
      presence.follow(topic, member);
    }
    presence.track(topic, member, payload);
    host.reply(push, "ok", {});
  }

  /** A database that does not answer allows nothing, and is asked again the next time. */
  async function isAllowed(extension: "broadcast" | "presence"): Promise<boolean> {
    try {
      maySend[extension] ??= await authorizer.maySend(identity, topic, ip, extension);
      return maySend[extension];
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** A new token: the same rights as before or the channel ends, as on the platform. */
  async function renew(token: unknown): Promise<void> {
    if (typeof token !== "string" || isProjectKey(token) || !mayRenewAgain()) return;
    const before = rights;
    const next = await host.identify(token);
    const now = await authorizer.mayReceive(next, topic, ip);
    if (!open) return;
    if ((before.broadcast && !now.broadcast) || (before.presence && !now.presence))
      throw new Refusal("Unauthorized", `You no longer have permission to read from this Channel topic: ${topic}`);
    identity = next;
    rights = now;
    maySend = {};
    watchExpiry();
  }

  function watchExpiry(): void {
    clearTimeout(expiry);
    const { expiresAt } = identity;
    if (expiresAt === null || !open) return;
    const left = expiresAt - Date.now();
    if (left <= 0) shutDown(expired(expiresAt).message);
    else expiry = setTimeout(watchExpiry, Math.min(left, HOUR_MS)).unref();
  }

  function shutDown(message: string): void {
    if (!open) return;
    send("system", { extension: "system", status: "error", message, channel: topic });
    close();
  }

  function close(): void {
    if (!open) return;
    abandon();
    host.send(encodeEvent(host.version, { joinRef, ref: joinRef, topic: wireTopic(topic), event: "phx_close" }, {}));
  }

  function abandon(): void {
    if (!open) return;
    open = false;
    clearTimeout(expiry);
    hub.remove(topic, member);
    presence.leave(topic, member);
    opening.onClosed();
  }

  function send(event: string, payload: unknown): void {
    host.send(encodeEvent(host.version, { topic: wireTopic(topic), event }, payload));
  }
}
