// What this person is just saving. Live messages wait for it: most of them are its own echo, which needs nothing once the answer
// is there.
let running = 0;
const listeners = new Set<() => void>();

export async function ownWrite<T>(act: () => Promise<T>): Promise<T> {
  running++;
  try {
    return await act();
  } finally {
    running--;
    if (running === 0) for (const listener of listeners) listener();
  }
}

type Deeds = Record<string, (...given: never[]) => Promise<unknown>>;

/** All that can be done here is a write. */
export function ownWrites<T extends Deeds>(deeds: T): T {
  return Object.fromEntries(
    Object.entries(deeds).map(([name, deed]) => [name, (...given: never[]) => ownWrite(() => deed(...given))]),
  ) as T;
}

export const isWriting = (): boolean => running > 0;

export function onWritten(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
