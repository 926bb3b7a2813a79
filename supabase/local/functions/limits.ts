// What a hosted project gives a function. The local runner gives no more, so that a job which cannot run there fails here.

export interface Limits {
  /** A process whose request has used this much gets no further requests. */
  cpuSoftMs: number;
  /** … and at this much it is killed. */
  cpuHardMs: number;
  memoryBytes: number;
  /** How long one request may take, its streamed answer and what it left running included. */
  wallClockMs: number;
  /** How long a process without a request is kept warm. */
  idleMs: number;
  /** How long a function may take from the start of its process to `Deno.serve`. */
  bootMs: number;
}

export const hostedLimits: Limits = {
  cpuSoftMs: 1_000,
  cpuHardMs: 2_000,
  memoryBytes: 256 * 1024 * 1024,
  wallClockMs: 150_000,
  idleMs: 60_000,
  bootMs: 10_000,
};
