import { memo } from "react";
import { useLocale } from "@/shared/lib/locale";
import { momentAs } from "../moments";
import { runsOf } from "../runs";
import type { AuditEvent, Names } from "../types";
import { EventRow } from "./event-row";
import { RunRow } from "./run-row";

interface EventListProps {
  events: AuditEvent[];
  /** Whether there is more than these. */
  hasOlder: boolean;
  names: Names;
  onHistory: (rowId: string) => void;
}

/** Newest first, a heading for each day. Remembered: what else the page waits for must not draw every line again. */
export const EventList = memo(function EventList({ events, hasOlder, names, onHistory }: EventListProps) {
  const locale = useLocale();
  const days = Map.groupBy(events, ({ occurredAt }) => new Date(occurredAt).toDateString());
  const oldest = events.at(-1);
  return (
    <div className="divide-y divide-line">
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 className="sticky top-0 z-[1] bg-sunken px-4 py-1.5 text-small font-medium text-ink-2">
            {momentAs("day", day, locale)}
          </h2>
          <ul className="divide-y divide-line">
            {runsOf(ofDay).map((run) =>
              run.length === 1 ? (
                <EventRow key={run[0].id} event={run[0]} names={names} onHistory={onHistory} />
              ) : (
                <RunRow
                  key={run[0].id}
                  run={run}
                  isPart={hasOlder && run.at(-1) === oldest}
                  names={names}
                  onHistory={onHistory}
                />
              ),
            )}
          </ul>
        </section>
      ))}
    </div>
  );
});
