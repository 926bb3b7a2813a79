// Work that may be done so often and no oftener: the newest is done at once or as soon as it may be, what it replaced never.
export interface Pace {
  run(work: () => void): void;
  stop(): void;
}

export function createPace(calls: number, windowMs: number): Pace {
  let done: number[] = [];
  let next: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function attempt(): void {
    timer = undefined;
    const now = Date.now();
    done = done.filter((at) => now - at < windowMs);
    const [oldest] = done;
    if (oldest !== undefined && done.length >= calls) {
      timer = setTimeout(attempt, windowMs - (now - oldest));
      return;
    }
    const work = next;
    next = null;
    if (!work) return;
    done.push(now);
    work();
  }

  return {
    run(work) {
      next = work;
      if (timer === undefined) attempt();
    },
    stop() {
      clearTimeout(timer);
      next = null;
    },
  };
}
