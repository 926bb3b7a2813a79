import type { ActivityEvent } from "./types";

interface Day {
  /** "2026-11-21", where the person is. */
  day: string;
  events: ActivityEvent[];
}

/** Events come newest first; those of one day of the person's calendar stand together. */
export function byDay(events: readonly ActivityEvent[], timeZone: string): Day[] {
  // Written this way in Sweden: year, month, day.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const days: Day[] = [];
  for (const event of events) {
    const day = format.format(new Date(event.occurredAt));
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}
