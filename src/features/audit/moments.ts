// When something happened, in the words of a place. Making a formatter takes longer than drawing a line: each is made once.
const styles = {
  time: { timeStyle: "short" },
  day: { dateStyle: "full" },
  moment: { dateStyle: "medium", timeStyle: "short" },
  exact: { dateStyle: "medium", timeStyle: "long" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const made = new Map<string, Intl.DateTimeFormat>();

export function momentAs(style: keyof typeof styles, value: string, locale: string): string {
  const key = `${style} ${locale}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, styles[style]);
  made.set(key, known);
  return known.format(new Date(value));
}
