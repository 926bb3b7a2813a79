// Which control shows a place, decided by its schema alone: a setting that comes with a later migration needs no new screen.
import type { SettingSchema } from "../types";
import { typesOf } from "./schema";

export type WidgetKind =
  | "boolean"
  | "choice"
  | "choices"
  | "color"
  | "currencies"
  | "currency"
  | "date"
  | "domain"
  | "email"
  | "group"
  | "key"
  | "list"
  | "locale"
  | "long-text"
  | "money"
  | "number"
  | "percent"
  | "reference"
  | "text"
  | "texts"
  | "time"
  | "time-zone"
  | "uri";

const byFormat = new Map<string, WidgetKind>(
  (
    [
      "color",
      "currency",
      "date",
      "domain",
      "email",
      "locale",
      "long-text",
      "money",
      "percent",
      "time",
      "time-zone",
      "uri",
    ] as const
  ).map((format) => [format, format]),
);

export function widgetKind(schema: SettingSchema): WidgetKind {
  if (schema["x-widget"] === "key") return "key";
  if (schema["x-references"]) return "reference";
  if (schema.enum) return "choice";
  const formatted = byFormat.get(schema.format ?? "");
  if (formatted) return formatted;
  switch (typesOf(schema)[0]) {
    case "boolean":
      return "boolean";
    case "number":
    case "integer":
      return "number";
    case "object":
      return "group";
    case "array":
      return listKind(schema.items);
    default:
      return "text";
  }
}

// A list whose order means something, or whose entries have fields, is shown entry by entry.
function listKind(items: SettingSchema | undefined): WidgetKind {
  if (!items) return "list";
  if (items.enum) return "choices";
  if (items.format === "currency") return "currencies";
  return typesOf(items)[0] === "string" && !items["x-references"] ? "texts" : "list";
}

const wide = new Set<WidgetKind>(["long-text", "group", "list", "texts", "choices", "currencies"]);

/** Needs a line of its own among other fields. */
export const isWide = (kind: WidgetKind): boolean => wide.has(kind);
