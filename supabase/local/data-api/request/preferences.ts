// The Prefer header: which wishes are known, and which of them were kept.

export interface Preferences {
  resolution?: "merge-duplicates" | "ignore-duplicates";
  representation?: "representation" | "headers-only" | "minimal";
  count?: "exact" | "planned" | "estimated";
  transaction?: "commit" | "rollback";
  missing?: "default" | "null";
  handling?: "strict" | "lenient";
  timezone?: string;
  maxAffected?: number;
  /** What handling=strict refuses. */
  unknown: string[];
}

const KNOWN = new Set([
  "resolution=merge-duplicates",
  "resolution=ignore-duplicates",
  "return=representation",
  "return=headers-only",
  "return=minimal",
  "count=exact",
  "count=planned",
  "count=estimated",
  "tx=commit",
  "tx=rollback",
  "missing=default",
  "missing=null",
  "handling=strict",
  "handling=lenient",
]);

export async function readPreferences(
  header: string | null,
  allowTransactionEnd: boolean,
  isTimezone: (name: string) => Promise<boolean>,
): Promise<Preferences> {
  const given = (header ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const preferences: Preferences = { unknown: [] };
  // The first of two contradicting wishes counts.
  const first = <T extends string>(key: string, values: readonly T[]): T | undefined =>
    given.map((part) => values.find((value) => part === `${key}=${value}`)).find((value) => value !== undefined);
  const resolution = first("resolution", ["merge-duplicates", "ignore-duplicates"]);
  if (resolution) preferences.resolution = resolution;
  const representation = first("return", ["representation", "headers-only", "minimal"]);
  if (representation) preferences.representation = representation;
  const count = first("count", ["exact", "planned", "estimated"]);
  if (count) preferences.count = count;
  const transaction = allowTransactionEnd ? first("tx", ["commit", "rollback"]) : undefined;
  if (transaction) preferences.transaction = transaction;
  const missing = first("missing", ["default", "null"]);
  if (missing) preferences.missing = missing;
  const handling = first("handling", ["strict", "lenient"]);
  if (handling) preferences.handling = handling;

  for (const part of given) {
    const [key, value = ""] = part.split("=", 2);
    if (key === "timezone" && (await isTimezone(value))) preferences.timezone ??= value;
    else if (key === "max-affected" && /^\d+$/.test(value)) preferences.maxAffected ??= Number(value);
    else if (!KNOWN.has(part)) preferences.unknown.push(part);
  }
  return preferences;
}

/** Of what is written or returned by a function, the planner cannot say how many rows there are. */
export const countsRows = ({ count }: Preferences): boolean => count === "exact" || count === "estimated";

type Applicable = "resolution" | "missing" | "representation" | "count" | "transaction" | "maxAffected";

/** The Preference-Applied header, from the kept preferences that mean something for this kind of request. */
export function appliedPreferences(preferences: Preferences, applicable: readonly Applicable[]): string | null {
  const has = (key: Applicable) => applicable.includes(key);
  const applied: string[] = [];
  const add = (key: string, value: string | number | undefined) => {
    if (value !== undefined) applied.push(`${key}=${value}`);
  };
  if (has("resolution")) add("resolution", preferences.resolution);
  if (has("missing")) add("missing", preferences.missing);
  if (has("representation")) add("return", preferences.representation);
  if (has("count")) add("count", preferences.count);
  if (has("transaction")) add("tx", preferences.transaction);
  add("handling", preferences.handling);
  add("timezone", preferences.timezone);
  if (has("maxAffected") && preferences.handling === "strict") add("max-affected", preferences.maxAffected);
  return applied.length > 0 ? applied.join(", ") : null;
}
