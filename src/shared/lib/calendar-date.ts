// Days without a time and without a zone: "2027-03-14" is the same day everywhere.

/** "2027-03-14", as forms and the database write it. */
export type IsoDate = string;

export function toIsoDate(date: Date): IsoDate {
  return isoDate(date.getFullYear(), date.getMonth() + 1, date.getDate()) ?? "";
}

/** Noon of that day where the person is, for calendars. */
export function fromIsoDate(iso: string): Date | null {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  return isoDate(Number(year), Number(month), Number(day)) === iso
    ? new Date(Number(year), Number(month) - 1, Number(day), 12)
    : null;
}

/** "14 Mar 2027" in the person's own manner. */
export function formatDate(iso: IsoDate, locale: string): string {
  const date = fromIsoDate(iso);
  return date ? new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(date) : iso;
}

export function addDays(iso: IsoDate, days: number): IsoDate {
  const date = fromIsoDate(iso);
  if (!date) return iso;
  date.setDate(date.getDate() + days);
  return toIsoDate(date);
}

/**
 * A date as people type it: "14 Mar 2027", "14.3.27", "14/3", "2027-03-14", "today", "tomorrow", "+7". The order of
 * bare numbers is the locale's. What is no day that exists is null.
 */
export function parseDate(text: string, locale: string, today: IsoDate): IsoDate | null {
  const typed = text.trim().toLocaleLowerCase(locale);
  const words: Record<string, number> = { yesterday: -1, today: 0, tomorrow: 1 };
  const word = words[typed];
  if (word !== undefined) return addDays(today, word);
  if (/^[+-]\d{1,4}$/.test(typed)) return addDays(today, Number(typed));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return isoDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = typed.match(/\d+/g)?.map(Number) ?? [];
  const thisYear = Number(today.slice(0, 4));
  const name = typed.match(/\p{L}{3,}/u)?.[0];
  if (name) {
    const month = monthNamed(name, locale);
    // "Mar 2027 14" is written by nobody: the day comes first or right after the month.
    const [day, year] = numbers;
    return month && day !== undefined && numbers.length <= 2 ? isoDate(wholeYear(year ?? thisYear), month, day) : null;
  }
  if (!/^\d{1,4}(?:[./\-\s]+\d{1,4}){1,2}\.?$/.test(typed)) return null;
  const order = orderOf(locale).filter((part) => numbers.length === 3 || part !== "year");
  const given = Object.fromEntries(order.map((part, at) => [part, numbers[at]]));
  return isoDate(wholeYear(given.year ?? thisYear), given.month ?? 0, given.day ?? 0);
}

function isoDate(year: number, month: number, day: number): IsoDate | null {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1000 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}

function wholeYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

function monthNamed(typed: string, locale: string): number | null {
  for (const language of [locale, "en"])
    for (const month of Array.from({ length: 12 }, (_, index) => index)) {
      const name = new Intl.DateTimeFormat(language, { month: "long", day: "numeric" })
        .formatToParts(new Date(2000, month, 1))
        .find(({ type }) => type === "month")?.value;
      if (name?.toLocaleLowerCase(locale).startsWith(typed)) return month + 1;
    }
  return null;
}

function orderOf(locale: string): string[] {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "numeric", year: "numeric" })
    .formatToParts(new Date(2000, 0, 1))
    .map(({ type }) => type)
    .filter((type) => type === "day" || type === "month" || type === "year");
}
