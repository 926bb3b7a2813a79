// Dates, times, numbers and money in the person's own way: by `Intl`, with the locale and time zone of their profile, else those
// of the browser. Components take it from `useFormat()`; nothing else in the app formats a date or an amount.
//
//   const format = useFormat();
//   format.date(row.createdAt)            21 Nov 2026        a moment, as a day in the person's zone
//   format.date("2026-11-21")             21 Nov 2026        a day of the calendar is the same day in every zone
//   format.dateTime(row.createdAt)        21 Nov 2026, 14:05
//   format.time(row.createdAt)            14:05
//   format.relative(row.createdAt, now)   5 minutes ago      past a month: the date
//   format.number(1234.5)                 1,234.5            a string of digits stays exact, as Postgres sends numerics
//   format.percent(0.125)                 12.5%
//   format.money("1234.50", "EUR")        €1,234.50          digits as the currency has them
//
// Amounts are never computed here: what is shown is what the database gave.

export interface FormatPreferences {
  /** Null: as the browser says. */
  locale: string | null;
  timeZone: string | null;
}

type Moment = Date | string | number;

export interface Format {
  locale: string;
  timeZone: string;
  date(value: Moment): string;
  dateTime(value: Moment): string;
  time(value: Moment): string;
  relative(value: Moment, now: Moment): string;
  number(value: number | string, options?: Intl.NumberFormatOptions): string;
  percent(value: number): string;
  money(amount: number | string, currency: string): string;
}

const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const RELATIVE_DAYS = 30;

export function createFormat(preferences: FormatPreferences): Format {
  const locale = knownLocale(preferences.locale);
  const zone = knownZone(preferences.timeZone);
  const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

  function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
    const known = made.get(key) as T | undefined;
    if (known) return known;
    const fresh = make();
    made.set(key, fresh);
    return fresh;
  }

  const dates = (key: string, options: Intl.DateTimeFormatOptions) =>
    cached(key, () => new Intl.DateTimeFormat(locale, { ...(zone && { timeZone: zone }), ...options }));
  const numbers = (options: Intl.NumberFormatOptions) =>
    cached(JSON.stringify(options), () => new Intl.NumberFormat(locale, options));

  const date = (value: Moment) =>
    typeof value === "string" && CALENDAR_DAY.test(value)
      ? dates("day", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(value))
      : dates("date", { dateStyle: "medium" }).format(new Date(value));

  return {
    locale,
    get timeZone() {
      return zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
    },
    date,
    dateTime: (value) => dates("dateTime", { dateStyle: "medium", timeStyle: "short" }).format(new Date(value)),
    time: (value) => dates("time", { timeStyle: "short" }).format(new Date(value)),
    relative(value, now) {
      const seconds = Math.round((new Date(value).getTime() - new Date(now).getTime()) / 1000);
      if (Math.abs(seconds) >= RELATIVE_DAYS * 86_400) return date(value);
      const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
      for (const [unit, length] of steps)
        if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
      // Clocks differ by seconds: what has just happened is never said to be in the future.
      return words.format(0, "minute");
    },
    number: (value, options = {}) => numbers(options).format(exact(value)),
    percent: (value) => numbers({ style: "percent", maximumFractionDigits: 1 }).format(value),
    money: (amount, currency) => numbers({ style: "currency", currency }).format(exact(amount)),
  };
}

/** Digits in a string are formatted as they are; a float would round what it cannot hold. */
function exact(value: number | string): number {
  return value as number;
}

// A zone or locale that this browser does not know must not take the page down. A formatter takes a phone some 10 ms to make:
// none is made to find out what can be known without.

function knownLocale(locale: string | null): string {
  try {
    if (locale) return Intl.getCanonicalLocales(locale)[0] ?? locale;
  } catch {
    // Not written like a locale.
  }
  return new Intl.DateTimeFormat().resolvedOptions().locale;
}

/** Null: the browser's own. */
function knownZone(timeZone: string | null): string | null {
  if (!timeZone) return null;
  try {
    new Intl.DateTimeFormat(undefined, { timeZone });
    return timeZone;
  } catch {
    return null;
  }
}
