// Numbers as people write them. They stay text from the field to the database: a float would lose cents.

/** "1,234.50", "1.234,5" and "CHF 1'234.50" are "1234.5"; what is no number is null. */
export function parseDecimal(text: string, locale: string): string | null {
  const bare = text
    .replaceAll(/[\s\u00a0\u202f'’]/g, "")
    .replaceAll("\u2212", "-")
    .replaceAll(/^(-?)(?:\p{Sc}|[A-Z]{3})|(?:\p{Sc}|[A-Z]{3}|%)$/gu, "$1");
  const match = /^([-+]?)([\d.,]*\d[\d.,]*)$/.exec(bare);
  if (!match) return null;
  const [, sign, digits = ""] = match;
  const mark = decimalMarkIn(digits, locale);
  const cut = mark ? digits.lastIndexOf(mark) : digits.length;
  const whole = withoutGroups(digits.slice(0, cut));
  const fraction = digits.slice(cut + 1);
  if (whole === null || !/^\d*$/.test(fraction)) return null;
  const kept = fraction.replace(/0+$/, "");
  const number = `${whole.replace(/^0+(?=\d)/, "") || "0"}${kept && `.${kept}`}`;
  return sign === "-" && number !== "0" ? `-${number}` : number;
}

interface DecimalFormat {
  locale: string;
  /** At least so many decimal places, as a currency has. */
  places?: number;
}

export function formatDecimal(decimal: string, { locale, places = 0 }: DecimalFormat): string {
  const own = decimalPlaces(decimal);
  // A number's text is formatted exactly, however long it is.
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: Math.max(places, own),
    maximumFractionDigits: Math.max(places, own),
  }).format(decimal as Intl.StringNumericLiteral);
}

export function isDecimal(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

export function decimalPlaces(decimal: string): number {
  return decimal.split(".")[1]?.length ?? 0;
}

/** -1, 0 or 1, exactly. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(decimalPlaces(a), decimalPlaces(b));
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function addDecimals(a: string, b: string): string {
  const places = Math.max(decimalPlaces(a), decimalPlaces(b));
  const sum = scaled(a, places) + scaled(b, places);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${whole}${fraction && `.${fraction}`}`;
}

/** How many decimal places amounts of a currency have: 2 for EUR, none for JPY, 3 for KWD. */
export function currencyPlaces(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function scaled(decimal: string, places: number): bigint {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}

function decimalMarkIn(digits: string, locale: string): "." | "," | null {
  const [dots, commas] = [digits.split(".").length - 1, digits.split(",").length - 1];
  if (dots > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
  if (dots + commas === 0) return null;
  const mark = dots > 0 ? "." : ",";
  if (dots + commas > 1) return null;
  const ownMark = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === "decimal")?.value;
  // "1,234" is a thousand where the comma groups, and one and a bit where it is the decimal mark.
  return mark !== ownMark && /^\d{1,3}[.,]\d{3}$/.test(digits) ? null : mark;
}

function withoutGroups(whole: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const mark = whole.includes(".") ? "." : ",";
  const [first = "", ...groups] = whole.split(mark);
  const isGrouped = /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
  return isGrouped ? first + groups.join("") : null;
}
