// Cron expressions as pg_cron reads them: five fields in UTC, `$` for the last day of the month, or "30 seconds".
export type CronSchedule = { everySeconds: number } | { fields: Set<number>[]; lastDay: boolean; anyDay: boolean; anyWeekday: boolean };

const ranges = [
  { name: "minute", from: 0, to: 59 },
  { name: "hour", from: 0, to: 23 },
  { name: "day of month", from: 1, to: 31 },
  { name: "month", from: 1, to: 12 },
  { name: "weekday", from: 0, to: 7 },
] as const;

const names: Record<string, number> = Object.fromEntries(
  ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    .map((name, index) => [name, index + 1] as const)
    .concat(["sun", "mon", "tue", "wed", "thu", "fri", "sat"].map((name, index) => [name, index] as const)),
);

export function parseCron(expression: string): CronSchedule {
  const seconds = /^\s*([1-9]|[1-5]\d)\s+seconds?\s*$/i.exec(expression);
  if (seconds) return { everySeconds: Number(seconds[1]) };
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== ranges.length)
    throw new Error(`"${expression}" is not a schedule: give five fields (minute hour day month weekday) or "N seconds".`);
  const fields = ranges.map((range, index) => parseField(parts[index] ?? "", range, expression));
  // Sunday is 0 and 7.
  if (fields[4]?.has(7)) fields[4].add(0);
  return { fields, lastDay: parts[2] === "$", anyDay: parts[2] === "*", anyWeekday: parts[4] === "*" };
}

function parseField(text: string, range: (typeof ranges)[number], expression: string): Set<number> {
  const wrong = () => new Error(`"${text}" is not a ${range.name} in the schedule "${expression}".`);
  if (range.name === "day of month" && text === "$") return new Set();
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/i.exec(item);
    if (!match) throw wrong();
    const [, start = "", end, step] = match;
    const first = start === "*" ? range.from : toNumber(start);
    const last = start === "*" ? range.to : end ? toNumber(end) : step ? range.to : first;
    const by = step ? Number(step) : 1;
    if (!(first >= range.from && last <= range.to && first <= last && by > 0)) throw wrong();
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return values;
}

function toNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : (names[text.toLowerCase()] ?? Number.NaN);
}

/** Whether the schedule names this minute (its seconds are ignored). */
export function isDue(schedule: CronSchedule, at: Date): boolean {
  if ("everySeconds" in schedule) return false;
  const [minutes, hours, days, months, weekdays] = schedule.fields;
  const tomorrow = new Date(at.getTime() + 86_400_000);
  const dayMatches = schedule.lastDay ? tomorrow.getUTCDate() === 1 : days?.has(at.getUTCDate());
  const weekdayMatches = weekdays?.has(at.getUTCDay());
  // As cron has always done: when both the day and the weekday are restricted, either is enough.
  const dateMatches = schedule.anyDay || schedule.anyWeekday ? dayMatches && weekdayMatches : dayMatches || weekdayMatches;
  return Boolean(minutes?.has(at.getUTCMinutes()) && hours?.has(at.getUTCHours()) && months?.has(at.getUTCMonth() + 1) && dateMatches);
}
