import type { ReactNode } from "react";
import { useLocale } from "@/shared/lib/locale";
import { Avatar } from "@/shared/ui/avatar";
import { ChevronRight, Zap } from "@/shared/ui/icons";
import { momentAs } from "../moments";
import type { AuditEvent } from "../types";

interface RowButtonProps {
  /** Whose face and time stand in the line. */
  event: AuditEvent;
  actor: string;
  isOpen: boolean;
  onToggle: () => void;
  /** The id of what opens. */
  controls: string;
  /** Pills at the end of the line. */
  marks?: ReactNode;
  children: ReactNode;
}

/** One line of the log, which opens. */
export function RowButton({ event, actor, isOpen, onToggle, controls, marks, children }: RowButtonProps) {
  const locale = useLocale();
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={controls}
      onClick={onToggle}
      className="flex min-h-row w-full items-start gap-3 px-4 py-2 text-start hover:bg-hover max-sm:min-h-11 max-sm:gap-2 max-sm:px-3"
    >
      <ChevronRight
        aria-hidden="true"
        className={`mt-1 size-4 shrink-0 text-ink-3 transition-transform duration-100 rtl:rotate-180 ${isOpen ? "rotate-90 rtl:rotate-90" : ""}`}
      />
      {event.actorId ? (
        <Avatar name={actor} />
      ) : (
        <span aria-hidden="true" className="grid size-[1.375rem] shrink-0 place-items-center rounded-full bg-mute-soft">
          <Zap className="size-3 text-ink-2" />
        </span>
      )}
      <span className="min-w-0 flex-1 wrap-anywhere">
        <bdi className="font-medium">{actor}</bdi> {children}
      </span>
      {marks}
      <time dateTime={event.occurredAt} className="shrink-0 text-small leading-5 text-ink-2 tabular-nums">
        {momentAs("time", event.occurredAt, locale)}
      </time>
    </button>
  );
}
