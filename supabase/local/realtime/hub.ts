// Who listens to which topic, and the way of a message to all of them.
import { type Broadcast, encodeBroadcast, type Frame, type Version } from "./frames.ts";

export interface Member {
  readonly version: Version;
  /** False when the policies let it take part in the topic's presence only. */
  readonly hearsBroadcasts: boolean;
  /** `id` is that of the row, when the message came from the database. */
  deliver(frame: Frame, id: string | undefined): void;
}

export interface Hub {
  add(topic: string, member: Member): void;
  remove(topic: string, member: Member): void;
  /** To everybody who listens, but for `except`: each version's frame is made once. */
  broadcast(message: Broadcast, except?: Member): void;
}

export function createHub(): Hub {
  const topics = new Map<string, Set<Member>>();
  return {
    add(topic, member) {
      const members = topics.get(topic);
      if (members) members.add(member);
      else topics.set(topic, new Set([member]));
    },
    remove(topic, member) {
      const members = topics.get(topic);
      if (members?.delete(member) && members.size === 0) topics.delete(topic);
    },
    broadcast(message, except) {
      const members = topics.get(message.topic);
      if (!members) return;
      const frames = new Map<Version, Frame | null>();
      for (const member of members) {
        if (member === except || !member.hearsBroadcasts) continue;
        let frame = frames.get(member.version);
        if (frame === undefined) {
          frame = encodeBroadcast(member.version, message);
          frames.set(member.version, frame);
        }
        if (frame) member.deliver(frame, message.meta?.id);
      }
    },
  };
}
