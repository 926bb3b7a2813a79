// Measures one function's process and says when it has used more than its share.
import type { Limits } from "./limits.ts";
import { samplingMs, usageOf } from "./usage.ts";

export interface Call {
  cpuMs: number;
}

export type Exceeded = "cpu" | "memory";

interface MeterOptions {
  pid: number;
  limits: Limits;
  /** The requests under way. */
  calls: ReadonlySet<Call>;
  /** Resolves when the process's event loop has come round. */
  ping(): Promise<void>;
  onSoftLimit(): void;
  onHardLimit(exceeded: Exceeded): void;
}

// Below this a synchronous stretch is not worth asking about.
const SUSPICIOUS_MS = 200;

/** The operating system counts for the whole process; it is attributed so: to the requests under way in equal parts; as long as
 * the event loop stands still, wholly to whoever blocks it; between requests, to what was left running. Returns a stop. */
export async function startMeter(options: MeterOptions): Promise<() => void> {
  const { pid, limits, calls } = options;
  // Starting up is not charged to the first request.
  let counted = (await usageOf(pid))?.cpuMs ?? 0;
  let background = 0;
  let blocked = 0;
  let pinging = false;
  let sampling = false;

  const charge = (spent: number): boolean => {
    if (calls.size === 0) {
      background += spent;
      return background >= limits.cpuHardMs;
    }
    background = 0;
    for (const call of calls) call.cpuMs += spent / calls.size;
    const most = Math.max(...[...calls].map((call) => call.cpuMs));
    if (most >= limits.cpuSoftMs) options.onSoftLimit();
    return most >= limits.cpuHardMs || isBlocking(spent);
  };

  const isBlocking = (spent: number): boolean => {
    blocked = calls.size > 1 ? blocked + spent : 0;
    if (blocked >= SUSPICIOUS_MS && !pinging) {
      pinging = true;
      const cameRound = () => {
        pinging = false;
        blocked = 0;
      };
      options.ping().then(cameRound, cameRound);
    }
    return blocked >= limits.cpuHardMs;
  };

  const sample = async () => {
    if (sampling) return;
    sampling = true;
    const usage = await usageOf(pid);
    sampling = false;
    if (!usage) return;
    const spent = usage.cpuMs - counted;
    counted = usage.cpuMs;
    if (usage.memoryBytes > limits.memoryBytes) options.onHardLimit("memory");
    else if (charge(spent)) options.onHardLimit("cpu");
  };

  const timer = setInterval(sample, samplingMs).unref();
  return () => clearInterval(timer);
}
