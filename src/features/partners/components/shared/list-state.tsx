import type { ReactNode } from "react";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Skeleton } from "@/shared/ui/skeleton";

interface ListStateProps {
  /** What is listed, in the middle of a sentence: "tasks". */
  what: string;
  isLoading: boolean;
  isFetching?: boolean;
  error?: Error | null;
  isThere: boolean;
  retry?: () => void;
  children?: ReactNode;
}

/** Waiting, failing, or the list itself: alike for everything that belongs to a partner. */
export function ListState({
  what,
  isLoading,
  isFetching = false,
  error = null,
  isThere,
  retry,
  children,
}: ListStateProps) {
  if (isThere) return <Card className="overflow-clip">{children}</Card>;
  return (
    <Card className="overflow-clip">
      {isLoading || !error ? (
        <div role="status" className="divide-y divide-line">
          <span className="sr-only">Loading the {what}</span>
          {["a", "b", "c", "d"].map((key) => (
            <div key={key} className="flex items-center gap-3 px-4 py-3">
              <Skeleton className="size-5" />
              <Skeleton className="h-3 w-64 max-w-[50%]" />
              <Skeleton className="ms-auto h-3 w-16" />
            </div>
          ))}
        </div>
      ) : (
        <ErrorState
          title={`The ${what} could not be loaded`}
          message={error.message}
          {...(retry && { retry })}
          busy={isFetching}
        />
      )}
    </Card>
  );
}

/** What can be done with a list, above it. */
export function ListBar({ children }: { children: ReactNode }) {
  return <div className="mb-3 flex flex-wrap items-center gap-2 empty:hidden">{children}</div>;
}
