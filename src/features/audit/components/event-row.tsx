import { useId, useState } from "react";
import { useLocale } from "@/shared/lib/locale";
import { Button } from "@/shared/ui/button";
import { Pill } from "@/shared/ui/pill";
import { changeLines } from "../changes";
import { momentAs } from "../moments";
import type { AuditEvent, Names } from "../types";
import { isErased, sentenceOf } from "../words";
import { EventChanges } from "./event-changes";
import { RowButton } from "./row-button";

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
  return (
    <li>
      <RowButton
        event={event}
        actor={actor}
        isOpen={isOpen}
        onToggle={() => setOpen(!isOpen)}
        controls={detailId}
        marks={
          <>
            {event.action === "denied" && <Pill tone="bad">Refused</Pill>}
            {isErased(event) && <Pill tone="mute">Erased</Pill>}
          </>
        }
      >
        {deed} {subject && <bdi className="font-medium">{subject}</bdi>}
        <Brief event={event} names={names} />
      </RowButton>
      {isOpen && (
        <div id={detailId} className="space-y-3 bg-sunken px-4 py-3 ps-17 max-sm:ps-4">
          <EventChanges event={event} names={names} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-small text-ink-2">
            <span>{momentAs("exact", event.occurredAt, locale)}</span>
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
