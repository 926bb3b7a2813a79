// Whether the backend can be reached: what the browser says about the network, and what requests meet. While it cannot, one
// small question is asked again and again, and whoever listens hears when it is answered.
import { useSyncExternalStore } from "react";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 20_000;
/** For so long after an answer a request that fails has a reason of its own. */
const TRUST_MS = 10_000;

type Connection = "online" | "offline";

interface ConnectionOptions {
  /** Resolves when the backend answers anything at all. */
  ask(): Promise<unknown>;
}

export class ConnectionWatch {
  private state: Connection;
  private wait = FIRST_WAIT_MS;
  private answeredAt = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly ask: ConnectionOptions["ask"];

  constructor({ ask }: ConnectionOptions) {
    this.ask = ask;
    this.state = navigator.onLine ? "online" : "offline";
    window.addEventListener("offline", () => this.drop());
    // The network is back; whether the backend is, only an answer tells.
    window.addEventListener("online", () => this.tryNow());
    if (this.state === "offline") this.tryLater();
  }

  readonly current = (): Connection => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A request did not get through. Where it fails again right after everything was read anew, reading anew would go on for ever. */
  readonly lost = (): void => {
    if (Date.now() - this.answeredAt >= TRUST_MS) this.drop();
  };

  private drop(): void {
    if (this.state === "offline") return;
    this.wait = FIRST_WAIT_MS;
    this.change("offline");
    this.tryLater();
  }

  readonly tryNow = (): void => {
    clearTimeout(this.timer);
    this.ask().then(
      () => {
        this.answeredAt = Date.now();
        this.change("online");
      },
      () => {
        this.change("offline");
        this.tryLater();
      },
    );
  };

  private tryLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.tryNow, this.wait);
    this.wait = Math.min(this.wait * 1.5, LONGEST_WAIT_MS);
  }

  private change(state: Connection): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export function useConnection(watch: ConnectionWatch): Connection {
  return useSyncExternalStore(watch.subscribe, watch.current);
}
