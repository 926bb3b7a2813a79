import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { AppError } from "./errors";

const RETRIES = 2;
const passing = new Set(["offline", "unavailable", "unexpected"]);

/** What the server refused stays refused: only what may pass by itself is tried again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < RETRIES && (!(error instanceof AppError) || passing.has(error.kind));
}

/** Calls back when the server no longer accepts the session. */
export function createQueryClient(onSessionRefused: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof AppError && error.kind === "unauthenticated") onSessionRefused();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: shouldRetry, retryDelay: (attempt) => 300 * 2 ** attempt, staleTime: 5_000 },
      mutations: { retry: false },
    },
  });
}
