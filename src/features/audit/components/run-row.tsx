import { useId, useState } from "react";
import { useLocale } from "@/shared/lib/locale";
import type { Run } from "../runs";
import type { Names } from "../types";
import { actorWord, deedOfRun } from "../words";
import { EventRow } from "./event-row";
import { RowButton } from "./row-button";

interface RunRowProps {
  run: Run;
  /** Whether it may go on in what is not loaded yet. */
  isPart: boolean;
  names: Names;
  onHistory: (rowId: string) => void;
}

/** What one transaction did many times; opened, each of it. */
export function RunRow({ run, isPart, names, onHistory }: RunRowProps) {
  const locale = useLocale();
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const actor = actorWord(run[0], names);
  return (
    <li>
      <RowButton event={run[0]} actor={actor} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} controls={listId}>
        {deedOfRun(run, locale, isPart)}
      </RowButton>
      {isOpen && (
        <ul id={listId} className="divide-y divide-line border-t border-line ps-7 max-sm:ps-4">
          {run.map((event) => (
            <EventRow key={event.id} event={event} names={names} onHistory={onHistory} />
          ))}
        </ul>
      )}
    </li>
  );
}
