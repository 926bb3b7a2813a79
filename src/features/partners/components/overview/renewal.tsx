import { fromIsoDate, toIsoDate } from "@/shared/lib/calendar-date";
import { useFormat } from "@/shared/lib/format/use-format";
import { Pill } from "@/shared/ui/pill";

const SOON_DAYS = 90;

/** A day of the agreement, and how near it is where that matters. */
export function Renewal({ day }: { day: string }) {
  const format = useFormat();
  const left = daysUntil(day);
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {format.date(day)}
      {left < 0 ? (
        <Pill tone="bad" dot={false}>
          {left === -1 ? "yesterday" : `${-left} days ago`}
        </Pill>
      ) : (
        left <= SOON_DAYS && (
          <Pill tone="warn" dot={false}>
            {left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${left} days`}
          </Pill>
        )
      )}
    </span>
  );
}

/** Whole days of the calendar, where the person is. */
export function daysUntil(day: string, today = toIsoDate(new Date())): number {
  const [from, to] = [fromIsoDate(today), fromIsoDate(day)];
  return from && to ? Math.round((to.getTime() - from.getTime()) / 86_400_000) : 0;
}
