import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { AppError } from "./errors";

const RETRIES = 2;
const passing = new Set(["offline", "unavailable", "unexpected"]);

/** What the server refused stays refused: only what may pass by itself is tried again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < RETRIES && (!(error instanceof AppError) || passing.has(error.kind));
}

interface Listeners {
  /** Something that the screen offered was refused: the person's rights may have changed since they were read. */
  onRefused?: (client: QueryClient) => void;
  /** A request did not get through to the server. */
  onUnreachable?: () => void;
}

/** Calls back when the server no longer accepts the session, and when something else about the person or the way there changed. */
export function createQueryClient(
  onSessionRefused: () => void,
  { onRefused, onUnreachable }: Listeners = {},
): QueryClient {
  const onError = (error: unknown) => {
    if (!(error instanceof AppError)) return;
    if (error.kind === "unauthenticated") onSessionRefused();
    if (error.kind === "forbidden") onRefused?.(client);
    if (error.kind === "offline") onUnreachable?.();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: shouldRetry, retryDelay: (attempt) => 300 * 2 ** attempt, staleTime: 5_000 },
      mutations: { retry: false },
    },
  });
  return client;
}
