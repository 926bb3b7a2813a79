// What one transaction did many times is told in one line: a new organization begins with well over a hundred permissions.
import type { AuditEvent } from "./types";

const SHORTEST_RUN = 4;
const repeated: ReadonlySet<string> = new Set(["insert", "update", "delete"]);

/** Events in a row by the same hand in the same transaction, of the same kind. A single one where there is nothing to draw together. */
export type Run = [AuditEvent, ...AuditEvent[]];

/** In the order of the events. */
export function runsOf(events: readonly AuditEvent[]): Run[] {
  const runs: Run[] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run && belongTogether(run[0], event)) run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap((run) => (run.length < SHORTEST_RUN ? run.map((event): Run => [event]) : [run]));
}

/** Whether the last of them may go on in what follows. */
export function endsInRun(events: readonly AuditEvent[]): boolean {
  return (runsOf(events.slice(-SHORTEST_RUN)).at(-1)?.length ?? 0) > 1;
}

function belongTogether(one: AuditEvent, other: AuditEvent): boolean {
  return (
    repeated.has(one.action) &&
    one.transaction === other.transaction &&
    one.actor === other.actor &&
    one.tableName === other.tableName &&
    one.action === other.action
  );
}
