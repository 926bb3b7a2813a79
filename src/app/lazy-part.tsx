// A part of the app in a file of its own. Once its code is there it is drawn at once: React's own lazy would suspend again
// and keep its fallback for 300 ms at least.
import { type ComponentType, lazy, useState } from "react";

const FAILURE_STANDS_MS = 500;

export interface LazyPart<Props extends object> {
  /** Starts loading; answers when the part can be drawn. */
  preload(): Promise<void>;
  /** What to draw: the part itself, or while it is on its way something that waits for it. */
  component(): ComponentType<Props>;
}

export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<ComponentType<Props>> | null = null;
  let waiting: ComponentType<Props> | null = null;

  function get(): Promise<ComponentType<Props>> {
    loading ??= load().then(
      (part) => {
        loaded = part;
        return part;
      },
      (error) => {
        // A connection that failed once may hold the next time. What is being drawn now has to meet this failure first:
        // given another promise it would wait again, and again.
        setTimeout(() => {
          loading = null;
          waiting = null;
        }, FAILURE_STANDS_MS);
        throw error;
      },
    );
    return loading;
  }

  return {
    preload: async () => {
      await get();
    },
    component: () => {
      waiting ??= lazy(async () => ({ default: await get() }));
      return loaded ?? waiting;
    },
  };
}

interface LazyProps<Props extends object> {
  part: LazyPart<Props>;
  props: Props;
}

export function Lazy<Props extends object>({ part, props }: LazyProps<Props>) {
  // Decided once for as long as it stands: another component would lose what was typed in this one.
  const [Shown] = useState<ComponentType<Props>>(part.component);
  return <Shown {...props} />;
}
