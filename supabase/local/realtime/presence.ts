// Who is present in a topic: what each channel tracks, told to the others as it changes.
import { randomBytes } from "node:crypto";

type Meta = Record<string, unknown> & { phx_ref: string };
type Presences = Record<string, { metas: Meta[] }>;

export interface PresenceMember {
  readonly presenceKey: string;
  readonly hearsPresence: boolean;
  sendEvent(event: string, payload: unknown): void;
}

export interface Presence {
  /** Gives the member what is tracked now; from then on it is told what changes. */
  follow(topic: string, member: PresenceMember): void;
  track(topic: string, member: PresenceMember, payload: Record<string, unknown>): void;
  untrack(topic: string, member: PresenceMember): void;
  /** The channel has ended: it hears nothing more, and what it tracked is gone. */
  leave(topic: string, member: PresenceMember): void;
}

interface Room {
  followers: Set<PresenceMember>;
  tracked: Map<PresenceMember, Meta>;
}

export function createPresence(): Presence {
  const rooms = new Map<string, Room>();

  function roomOf(topic: string): Room {
    const known = rooms.get(topic);
    if (known) return known;
    const room: Room = { followers: new Set(), tracked: new Map() };
    rooms.set(topic, room);
    return room;
  }

  function tell({ followers }: Room, joins: Presences, leaves: Presences): void {
    for (const follower of followers)
      if (follower.hearsPresence) follower.sendEvent("presence_diff", { joins, leaves });
  }

  function untrack(topic: string, member: PresenceMember): void {
    const room = rooms.get(topic);
    const meta = room?.tracked.get(member);
    if (!room || !meta) return;
    room.tracked.delete(member);
    tell(room, {}, only(member, meta));
  }

  return {
    follow(topic, member) {
      const room = roomOf(topic);
      room.followers.add(member);
      if (!member.hearsPresence) return;
      const state: Presences = {};
      for (const [{ presenceKey }, meta] of room.tracked) {
        state[presenceKey] ??= { metas: [] };
        state[presenceKey].metas.push(meta);
      }
      member.sendEvent("presence_state", state);
    },
    track(topic, member, payload) {
      const room = roomOf(topic);
      const before = room.tracked.get(member);
      const ref = randomBytes(9).toString("base64url");
      const meta: Meta = { ...payload, phx_ref: ref, ...(before && { phx_ref_prev: before.phx_ref }) };
      room.tracked.set(member, meta);
      tell(room, only(member, meta), before ? only(member, before) : {});
    },
    untrack,
    leave(topic, member) {
      rooms.get(topic)?.followers.delete(member);
      untrack(topic, member);
      const room = rooms.get(topic);
      if (room && room.followers.size === 0 && room.tracked.size === 0) rooms.delete(topic);
    },
  };
}

function only({ presenceKey }: PresenceMember, meta: Meta): Presences {
  return { [presenceKey]: { metas: [meta] } };
}
