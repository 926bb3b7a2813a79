// Channels and gaps as Supabase gives them.
import type { RealtimeChannel } from "@supabase/supabase-js";
import { AppError, toAppError } from "../errors";
import { supabase } from "../supabase";
import { readGap, readPresence } from "./messages";
import { createPace } from "./pace";
import type { ChannelListener, Gap, LiveChannel, LiveSource, Present } from "./types";

const PROBE_MS = 3_000;
// The server ends a channel, messages and all, on which somebody says more than five times in half a minute where they are.
const SHOWINGS = 4;
const SHOWINGS_MS = 30_000;

export function createSupabaseSource(): LiveSource {
  // A topic is joined again once it has been left: until then the client would hand out the channel that is on its way out.
  const leaving = new Map<string, Promise<unknown>>();
  return {
    join: (topic, withPresence, listener) => joinChannel(topic, withPresence, listener, leaving),
    changesSince,
    probe: () => void probe(),
  };
}

export const isRefusal = (error: unknown): boolean => error instanceof AppError && error.kind === "forbidden";

async function changesSince(organizationId: string, cursor: string | null): Promise<Gap> {
  const { data, error } = await supabase().rpc("changes_since", {
    organization: organizationId,
    ...(cursor !== null && { since: cursor }),
  });
  if (error) throw toAppError(error);
  const gap = readGap(data);
  if (!gap) throw toAppError({ message: "The answer is no gap." });
  return gap;
}

function joinChannel(
  topic: string,
  withPresence: boolean,
  listener: ChannelListener,
  leaving: Map<string, Promise<unknown>>,
): LiveChannel {
  const { realtime } = supabase();
  let channel: RealtimeChannel | null = null;
  let hasLeft = false;
  let isJoined = false;
  let me: Present | null = null;
  const pace = createPace(SHOWINGS, SHOWINGS_MS);

  void begin();
  return {
    leave,
    show(present) {
      me = present;
      if (isJoined) track();
    },
  };

  async function begin(): Promise<void> {
    await leaving.get(topic);
    // The token of a session that was only just read: without it the server would take this for somebody who has not signed in.
    await realtime.setAuth().catch(() => {});
    if (hasLeft) return;
    channel = supabase().channel(topic, { config: { private: true } });
    channel.on("broadcast", { event: "*" }, ({ event, payload }) => listener.onMessage(event, payload));
    const { presence } = channel;
    if (withPresence)
      channel.on("presence", { event: "sync" }, () => listener.onPresence(readPresence({ ...presence.state })));
    channel.subscribe((state, error) => {
      if (hasLeft) return;
      isJoined = state === "SUBSCRIBED";
      if (isJoined) {
        if (me) track();
        listener.onState("joined");
      } else if (state === "CLOSED") {
        leave();
        listener.onState("closed");
      } else if (error && isUnauthorized(error)) {
        leave();
        listener.onState("refused");
      } else listener.onState("lost");
    });
  }

  function leave(): void {
    if (hasLeft) return;
    hasLeft = true;
    pace.stop();
    if (!channel) return;
    const left = realtime.removeChannel(channel).catch(() => {});
    leaving.set(topic, left);
    void left.then(() => leaving.get(topic) === left && leaving.delete(topic));
  }

  function track(): void {
    pace.run(() => {
      if (!me || !isJoined) return;
      const { userId, record, cell, at } = me;
      void channel?.track({ user_id: userId, at, ...(record && { record }), ...(cell && { cell }) }).catch(() => {});
    });
  }
}

/** The server's answer to a join, and not a connection that broke: tried again it would be refused again. */
function isUnauthorized({ message }: Error): boolean {
  return message.startsWith("Unauthorized");
}

/** The client takes a connection for dead when two heartbeats in a row go unanswered: after a sleep that is soon asked. */
async function probe(): Promise<void> {
  const { realtime } = supabase();
  if (realtime.getChannels().length === 0) return;
  if (!realtime.isConnected()) {
    await realtime.disconnect();
    realtime.connect();
    return;
  }
  await realtime.sendHeartbeat();
  setTimeout(() => {
    if (realtime.isConnected() && realtime.pendingHeartbeatRef) void realtime.sendHeartbeat();
  }, PROBE_MS);
}
