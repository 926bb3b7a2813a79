import { useMemo } from "react";
import { addDays, toIsoDate } from "@/shared/lib/calendar-date";
import { useFormat } from "@/shared/lib/format/use-format";
import { Eye } from "@/shared/ui/icons";
import { byDay } from "../../by-day";
import { actorWord, eventParts } from "../../event-words";
import { useChoices } from "../../hooks/use-choices";
import type { ActivityEvent, ActivityFacets } from "../../types";
import { iconOf } from "./event-icons";

interface ActivityListProps {
  events: readonly ActivityEvent[];
  facets: ActivityFacets | undefined;
}

export function ActivityList({ events, facets }: ActivityListProps) {
  const format = useFormat();
  const days = useMemo(() => byDay(events, format.timeZone), [events, format.timeZone]);
  const labels = useMemo(() => new Map(facets?.kinds.map(({ kind, label }) => [kind, label])), [facets]);
  const today = toIsoDate(new Date());
  const named = (day: string) =>
    day === today ? "Today" : day === addDays(today, -1) ? "Yesterday" : format.date(day);
  return (
    <div className="px-4 pt-3 pb-1">
      {days.map(({ day, events: those }) => (
        <section key={day} aria-label={named(day)}>
          <h2 className="pt-1 pb-2 text-small font-medium text-ink-2">{named(day)}</h2>
          <ol className="relative">
            {those.map((event) => (
              <Event key={event.id} event={event} label={labels.get(event.kind) ?? event.kind.replaceAll("_", " ")} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Event({ event, label }: { event: ActivityEvent; label: string }) {
  const format = useFormat();
  const choices = useChoices();
  const Icon = iconOf(event);
  const parts = eventParts(event, { choices, format });
  return (
    <li className="group relative flex gap-3 pb-4">
      <span aria-hidden="true" className="absolute start-3.5 top-8 bottom-0 w-px bg-line group-last:hidden" />
      <span
        aria-hidden="true"
        className="z-[1] grid size-7 shrink-0 place-items-center rounded-full bg-mute-soft text-ink-2"
      >
        <Icon className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <p className="wrap-anywhere">
          <b className="font-semibold">{label}</b>
          {/* Of the partner itself the page says the name already. */}
          {event.subjectLabel && event.subjectTable !== "partners" && (
            <>
              {" "}
              <bdi>{event.subjectLabel}</bdi>
            </>
          )}
        </p>
        {parts.length > 0 && (
          <p dir="auto" className="text-ink-2 wrap-anywhere">
            {parts.join(" · ")}
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-2 text-small text-ink-2">
          <span className="wrap-anywhere">{actorWord(event)}</span>
          {event.isVisibleToPartner && (
            <span className="flex items-center gap-1" title="The partner sees this in their portal">
              <Eye aria-hidden="true" className="size-3" />
              partner sees it
            </span>
          )}
        </p>
      </div>
      <time
        dateTime={event.occurredAt}
        title={format.dateTime(event.occurredAt)}
        className="shrink-0 pt-1 text-small text-ink-2"
      >
        {format.time(event.occurredAt)}
      </time>
    </li>
  );
}
