// A client wants to hear a topic: is it allowed to, and as whom.
import { randomUUID } from "node:crypto";
import { unauthorized } from "./authorize.ts";
import { type ChannelConfig, type ChannelHost, type JoinedChannel, openChannel } from "./channel.ts";
import { type Broadcast, isRecord, type Push } from "./frames.ts";
import { type Identity, isProjectKey, Refusal } from "./identity.ts";
import { replayOf } from "./replay.ts";

export interface JoinHost extends ChannelHost {
  /** Who speaks when the join carries no token. */
  readonly identityOfKey: Identity;
  replay(topic: string, since: number, limit: number): Promise<Broadcast[]>;
}

/** The channel, and what begins it once the client has been told that it joined. Throws a Refusal. */
export async function join(
  host: JoinHost,
  topic: string,
  push: Push,
  onClosed: () => void,
): Promise<{ channel: JoinedChannel; begin(): void }> {
  if (topic === "") throw new Refusal("TopicNameRequired", "You must provide a topic name");
  const config = isRecord(push.payload.config) ? push.payload.config : {};
  // Live messages follow the rights of rows, so nothing here is public: hosted projects switch "Allow public access" off.
  if (config.private !== true) throw new Refusal("PrivateOnly", "This project only allows private channels");
  if (Array.isArray(config.postgres_changes) && config.postgres_changes.length > 0)
    throw new Refusal(
      "RealtimeDisabledForConfiguration",
      "Postgres changes are not served; broadcast from the database",
    );
  const broadcast = isRecord(config.broadcast) ? config.broadcast : {};
  const replay = replayOf(broadcast);

  const { access_token: token } = push.payload;
  const identity = typeof token === "string" && !isProjectKey(token) ? await host.identify(token) : host.identityOfKey;
  const rights = await host.authorizer.mayReceive(identity, topic, host.ip);
  const mayHear = rights.broadcast || (rights.presence && !replay);
  if (!mayHear) throw unauthorized(topic);

  const channel = openChannel(host, {
    topic,
    joinRef: push.joinRef ?? push.ref,
    config: channelConfig(config, broadcast),
    identity,
    rights,
    onClosed,
  });
  try {
    const messages = replay ? await host.replay(topic, replay.since, replay.limit) : [];
    return { channel, begin: () => channel.start(messages) };
  } catch (error) {
    channel.abandon();
    throw error;
  }
}

function channelConfig(config: Record<string, unknown>, broadcast: Record<string, unknown>): ChannelConfig {
  const presence = isRecord(config.presence) ? config.presence : {};
  const { key } = presence;
  return {
    ack: broadcast.ack === true,
    self: broadcast.self === true,
    presenceKey: typeof key === "string" && key !== "" ? key : randomUUID(),
    presenceEnabled: presence.enabled === true,
  };
}
