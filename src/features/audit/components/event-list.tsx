import { useLocale } from "@/shared/lib/locale";
import type { AuditEvent, Names } from "../types";
import { EventRow } from "./event-row";

interface EventListProps {
  events: AuditEvent[];
  names: Names;
  onHistory: (rowId: string) => void;
}

/** Newest first, a heading for each day. */
export function EventList({ events, names, onHistory }: EventListProps) {
  const locale = useLocale();
  const days = Map.groupBy(events, ({ occurredAt }) => new Date(occurredAt).toDateString());
  return (
    <div className="divide-y divide-line">
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 className="sticky top-0 z-[1] bg-sunken px-4 py-1.5 text-small font-medium text-ink-2">
            {new Intl.DateTimeFormat(locale, { dateStyle: "full" }).format(new Date(day))}
          </h2>
          <ul className="divide-y divide-line">
            {ofDay.map((event) => (
              <EventRow key={event.id} event={event} names={names} onHistory={onHistory} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
