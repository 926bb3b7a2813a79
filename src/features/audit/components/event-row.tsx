import { useId, useState } from "react";
import { useLocale } from "@/shared/lib/locale";
import { Avatar } from "@/shared/ui/avatar";
import { Button } from "@/shared/ui/button";
import { ChevronRight, Zap } from "@/shared/ui/icons";
import { Pill } from "@/shared/ui/pill";
import { changeLines } from "../changes";
import type { AuditEvent, Names } from "../types";
import { isErased, sentenceOf } from "../words";
import { EventChanges } from "./event-changes";

interface EventRowProps {
  event: AuditEvent;
  names: Names;
  onHistory: (rowId: string) => void;
}

export function EventRow({ event, names, onHistory }: EventRowProps) {
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const detailId = useId();
  const { actor, deed, subject } = sentenceOf(event, names);
  const time = new Date(event.occurredAt);
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={detailId}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-row w-full items-start gap-3 px-4 py-2 text-start hover:bg-hover max-sm:min-h-11"
      >
        <ChevronRight
          aria-hidden="true"
          className={`mt-1 size-4 shrink-0 text-ink-3 transition-transform duration-100 rtl:rotate-180 ${isOpen ? "rotate-90 rtl:rotate-90" : ""}`}
        />
        {event.actorId ? (
          <Avatar name={actor} />
        ) : (
          <span
            aria-hidden="true"
            className="grid size-[1.375rem] shrink-0 place-items-center rounded-full bg-mute-soft"
          >
            <Zap className="size-3 text-ink-2" />
          </span>
        )}
        <span className="min-w-0 flex-1 wrap-anywhere">
          <bdi className="font-medium">{actor}</bdi> {deed} {subject && <bdi className="font-medium">{subject}</bdi>}
          <Brief event={event} names={names} />
        </span>
        {event.action === "denied" && <Pill tone="bad">Refused</Pill>}
        {isErased(event) && <Pill tone="mute">Erased</Pill>}
        <time dateTime={event.occurredAt} className="shrink-0 text-small leading-5 text-ink-2 tabular-nums">
          {new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(time)}
        </time>
      </button>
      {isOpen && (
        <div id={detailId} className="space-y-3 bg-sunken px-4 py-3 ps-17 max-sm:ps-4">
          <EventChanges event={event} names={names} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-small text-ink-2">
            <span>{new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "long" }).format(time)}</span>
            <span>
              {event.sequence === null
                ? "Not sealed yet"
                : `Number ${event.sequence.toLocaleString(locale)} of the chain`}
            </span>
            {event.rowId !== "" && (
              <Button look="quiet" onClick={() => onHistory(event.rowId)}>
                Everything about this
              </Button>
            )}
          </div>
        </div>
      )}
    </li>
  );
}

/** A single change is told right away: most events need not be opened. */
function Brief({ event, names }: { event: AuditEvent; names: Names }) {
  const locale = useLocale();
  if (event.action !== "update") return null;
  const [line, ...more] = changeLines(event, { names, locale });
  if (!line || more.length > 0 || line.kind !== "changed") return null;
  const text = `from ${line.from} to ${line.to}`;
  return text.length > 80 ? null : <span className="text-ink-2"> {text}</span>;
}
