import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorState } from "@/shared/ui/error-state";
import { ScrollText } from "@/shared/ui/icons";
import { Skeleton } from "@/shared/ui/skeleton";
import type { AuditPage, Names } from "../types";
import { EventList } from "./event-list";

interface EventsProps {
  log: UseInfiniteQueryResult<{ pages: AuditPage[] }>;
  names: Names;
  hasFilters: boolean;
  /** Takes the filters away. */
  onClear: () => void;
  onHistory: (rowId: string) => void;
}

export function Events({ log, names, hasFilters, onClear, onHistory }: EventsProps) {
  // Lines are drawn in pieces: what is typed or tapped meanwhile does not wait for the last of them.
  const read = useDeferredValue(log.data);
  const shownNames = useDeferredValue(names);
  const events = useMemo(() => read?.pages.flatMap((page) => page.events) ?? [], [read]);
  if (log.isPending || (!read && !log.isError)) return <LoadingEvents />;
  if (log.isError && events.length === 0)
    return (
      <ErrorState
        title="The audit log cannot be shown"
        message={log.error.message}
        retry={() => void log.refetch()}
        busy={log.isFetching}
      />
    );
  if (events.length === 0)
    return (
      <EmptyState
        Icon={ScrollText}
        title={hasFilters ? "No event fits these filters" : "Nothing has happened yet"}
        action={hasFilters && <Button onClick={onClear}>Show all events</Button>}
      >
        {hasFilters
          ? "Take a filter away, or widen the period."
          : "As soon as somebody changes a member, a role or a setting, it stands here."}
      </EmptyState>
    );
  return (
    <>
      <EventList events={events} hasOlder={log.hasNextPage} names={shownNames} onHistory={onHistory} />
      <div className="flex flex-col items-center gap-2 border-t border-line p-3">
        {log.isFetchNextPageError && <p className="text-bad">{log.error?.message}</p>}
        {log.hasNextPage ? (
          <Button onClick={() => void log.fetchNextPage()} busy={log.isFetchingNextPage}>
            Show older events
          </Button>
        ) : (
          <p className="text-small text-ink-2">This is where the log begins.</p>
        )}
      </div>
    </>
  );
}

function LoadingEvents() {
  return (
    <div aria-busy="true" className="divide-y divide-line">
      <span className="sr-only">Loading the audit log</span>
      {Array.from({ length: 8 }, (_, index) => `event ${index}`).map((key, index) => (
        <div key={key} className="flex min-h-row items-center gap-3 px-4 py-2">
          <Skeleton className="size-4" />
          <Skeleton className="size-[1.375rem] rounded-full" />
          <Skeleton className={`h-3 ${index % 2 ? "w-72" : "w-96"} max-w-[60%]`} />
          <Skeleton className="ms-auto h-3 w-10" />
        </div>
      ))}
    </div>
  );
}
