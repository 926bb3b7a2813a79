// Runs a foreground service until a signal, the closing of its terminal or the end of its launcher stops it, in order.
export type End = (code: number, sentence?: string) => void;

export function untilStopped(start: (end: End) => Promise<() => Promise<void>>): Promise<number> {
  return new Promise((resolve, reject) => {
    let ended = false;
    let stopping: Promise<void> | null = null;
    const starting = start((code, sentence) => finish(code, sentence));

    function finish(code: number, sentence?: string): void {
      if (ended) return;
      ended = true;
      if (sentence) console.error(sentence);
      // A stop that comes in the middle of starting waits until there is something whole to stop.
      stopping = starting.then((stop) => stop()).catch(() => {});
      void stopping.then(() => resolve(code));
    }

    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => finish(0));
    process.on("disconnect", () => finish(0));
    // The terminal may be gone before the last line is written.
    process.stdout.on("error", () => {});
    process.stderr.on("error", () => {});
    starting.catch((error: unknown) => {
      ended = true;
      reject(error);
    });
  });
}
