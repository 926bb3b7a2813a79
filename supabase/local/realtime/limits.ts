// What one client may do, with the figures of a hosted project, and a counter over a window of time.
export const limits = {
  /** One frame; a socket that sends more is closed. */
  frameBytes: 1024 * 1024,
  /** What is broadcast or tracked in one message. */
  payloadBytes: 256 * 1024,
  channels: 100,
  joins: { calls: 100, windowMs: 1000 },
  broadcasts: { calls: 100, windowMs: 1000 },
  /** Of one channel: hosted closes a channel that tracks more often. */
  presences: { calls: 5, windowMs: 30_000 },
  /** Of one channel: each new token is a question to the database. More are not listened to. */
  renewals: { calls: 10, windowMs: 10_000 },
  /** A socket that does not take what it is sent is cut; its client comes back and closes the gap. */
  unsentBytes: 4 * 1024 * 1024,
  /** Clients send a heartbeat every 25 seconds; who says nothing for so long has gone. */
  silenceMs: 60_000,
} as const;

/** Says no from the call on that is one too many in the current window. */
export function createCounter({ calls, windowMs }: { calls: number; windowMs: number }): () => boolean {
  let count = 0;
  let windowEnds = 0;
  return () => {
    const now = Date.now();
    if (now >= windowEnds) {
      count = 0;
      windowEnds = now + windowMs;
    }
    count++;
    return count <= calls;
  };
}
