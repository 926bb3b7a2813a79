// What an event changed, line by line: from what to what, items added to and removed from lists, paths inside nested values.
import type { Json } from "@/shared/types/database.types";
import { momentAs } from "./moments";
import type { AuditEvent, Names } from "./types";
import { columnWord, isErased } from "./words";

export interface ChangeLine {
  /** Such as "Seats" or "Value › stages › 2 › name". */
  field: string;
  kind: "changed" | "set" | "was" | "added" | "removed" | "hidden";
  from?: string;
  to?: string;
}

interface Wording {
  names: Names;
  locale: string;
}

export function changeLines(event: AuditEvent, wording: Wording): ChangeLine[] {
  if (isErased(event)) return [];
  return Object.entries(event.changes).flatMap(([column, value]): ChangeLine[] => {
    const field = columnWord(column);
    if (isHidden(value)) return [{ field, kind: "hidden" }];
    if (event.action === "update" && Array.isArray(value) && value.length === 2)
      return differences(field, value[0] ?? null, value[1] ?? null, wording);
    if (value === null || isEmpty(value)) return [];
    const text = inWords(value, wording);
    return [event.action === "delete" ? { field, kind: "was", from: text } : { field, kind: "set", to: text }];
  });
}

function differences(field: string, from: Json, to: Json, wording: Wording): ChangeLine[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && [...from, ...to].every(isScalar))
    return itemDifferences(field, from, to, wording);
  if (isBranch(from) && isBranch(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) =>
      differences(`${field} › ${nameOfKey(from, to, key)}`, at(from, key), at(to, key), wording),
    );
  }
  return [{ field, kind: "changed", from: inWords(from, wording), to: inWords(to, wording) }];
}

function itemDifferences(field: string, from: Json[], to: Json[], wording: Wording): ChangeLine[] {
  const removed = from.filter((item) => !to.includes(item));
  const added = to.filter((item) => !from.includes(item));
  const lines: ChangeLine[] = [
    ...(removed.length > 0 ? [{ field, kind: "removed" as const, from: itemsInWords(removed, wording) }] : []),
    ...(added.length > 0 ? [{ field, kind: "added" as const, to: itemsInWords(added, wording) }] : []),
  ];
  // The same items in another order, or one of them more often.
  return lines.length > 0
    ? lines
    : [{ field, kind: "changed", from: itemsInWords(from, wording), to: itemsInWords(to, wording) }];
}

/** For a file: one line of text for each change. */
export function changesAsText(event: AuditEvent, wording: Wording): string {
  if (isErased(event)) return "Erased on request";
  return changeLines(event, wording)
    .map(({ field, kind, from, to }) => {
      if (kind === "hidden") return `${field}: changed, value not kept`;
      if (kind === "added") return `${field}: added ${to}`;
      if (kind === "removed") return `${field}: removed ${from}`;
      return kind === "changed" ? `${field}: ${from} → ${to}` : `${field}: ${to ?? from}`;
    })
    .join("\n");
}

function inWords(value: Json, { names, locale }: Wording): string {
  if (value === null || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value);
  if (typeof value === "string")
    return names.get(value) ?? (isMoment(value) ? momentAs("moment", value, locale) : value);
  if (isEmpty(value)) return "nothing";
  return Array.isArray(value) && value.every(isScalar) ? itemsInWords(value, { names, locale }) : JSON.stringify(value);
}

const itemsInWords = (items: Json[], wording: Wording) => items.map((item) => inWords(item, wording)).join(", ");

const isMoment = (text: string) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(text);

const isScalar = (value: Json) => value === null || typeof value !== "object";

type Branch = Json[] | Record<string, Json>;

function isBranch(value: Json): value is Branch {
  return typeof value === "object" && value !== null;
}

const isEmpty = (value: Json) => isBranch(value) && Object.keys(value).length === 0;

const isHidden = (value: Json) => isBranch(value) && !Array.isArray(value) && value.hidden === true;

function at(branch: Branch, key: string): Json {
  return (Array.isArray(branch) ? branch[Number(key)] : branch[key]) ?? null;
}

/** Places in a list are counted from one, or named by what stands there. */
function nameOfKey(from: Branch, to: Branch, key: string): string {
  if (!Array.isArray(from) && !Array.isArray(to)) return key.replaceAll("_", " ");
  const item = at(to, key) ?? at(from, key);
  const name = isBranch(item) && !Array.isArray(item) ? (item.label ?? item.name ?? item.key) : null;
  return typeof name === "string" ? name : String(Number(key) + 1);
}
