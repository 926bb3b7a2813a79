import type { ReactNode } from "react";
import { useLocale } from "@/shared/lib/locale";
import { type ChangeLine, changeLines } from "../changes";
import type { AuditEvent, Names } from "../types";
import { columnWord, isErased } from "../words";

/** From what to what, field by field. */
export function EventChanges({ event, names }: { event: AuditEvent; names: Names }) {
  const locale = useLocale();
  if (isErased(event)) return <Erased event={event} />;
  // What a refused person attempted, the sentence above says already.
  const { attempted, ...changes } = event.changes;
  const shown = event.action === "denied" ? changes : { ...changes, ...(attempted !== undefined && { attempted }) };
  const lines = changeLines({ ...event, changes: shown }, { names, locale });
  if (lines.length === 0) return <p className="text-ink-2">Nothing more is known about it.</p>;
  return (
    <dl className="grid grid-cols-[minmax(6rem,12rem)_1fr] gap-x-4 gap-y-1.5 max-sm:grid-cols-1 max-sm:gap-y-0.5">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an event never change their order.
        <Line key={index} line={line} />
      ))}
    </dl>
  );
}

function Line({ line }: { line: ChangeLine }) {
  return (
    <>
      <dt className="text-ink-2 wrap-anywhere">{line.field}</dt>
      <dd className="min-w-0 wrap-anywhere max-sm:pb-2">{contentOf(line)}</dd>
    </>
  );
}

function contentOf({ kind, from, to }: ChangeLine): ReactNode {
  if (kind === "hidden") return <span className="text-ink-2">changed; the value is not kept</span>;
  if (kind === "added") return <Gone label="added" value={to} tone="text-good" />;
  if (kind === "removed") return <Gone label="removed" value={from} tone="text-bad" />;
  if (kind === "set") return <bdi>{to}</bdi>;
  if (kind === "was") return <bdi className="text-ink-2 line-through decoration-ink-3">{from}</bdi>;
  return (
    <>
      <span className="sr-only">from </span>
      <del className="text-ink-2 decoration-ink-3">
        <bdi>{from}</bdi>
      </del>
      <span aria-hidden="true" className="mx-1.5 text-ink-3">
        →
      </span>
      <span className="sr-only"> to </span>
      <ins className="no-underline">
        <bdi>{to}</bdi>
      </ins>
    </>
  );
}

function Gone({ label, value, tone }: { label: string; value: string | undefined; tone: string }) {
  return (
    <>
      <span className={`font-medium ${tone}`}>{label}</span> <bdi>{value}</bdi>
    </>
  );
}

function Erased({ event }: { event: AuditEvent }) {
  const { erased } = event.changes;
  const note = typeof erased === "object" && erased !== null && !Array.isArray(erased) ? erased : {};
  const columns = Array.isArray(note.columns) ? note.columns.map((column) => columnWord(String(column))) : [];
  return (
    <p className="text-ink-2">
      The values were personal and were erased on request
      {typeof note.at === "string" && `, on ${note.at.slice(0, 10)}`}. They were in: {columns.join(", ") || "its name"}.
      That the event happened, and when, is still proven by the chain.
    </p>
  );
}
