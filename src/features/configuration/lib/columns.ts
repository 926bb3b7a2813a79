// How the fields of a list's entries stand beside each other.
import type { SettingSchema } from "../types";
import { fieldsOf } from "./schema";
import { isWide, type WidgetKind, widgetKind } from "./widget-kind";

export type Column = [key: string, schema: SettingSchema, kind: WidgetKind];

export interface Columns {
  inline: Column[];
  /** Too wide for a column: below the others. */
  below: Column[];
  /** What rows remember; made of the name, never typed. */
  keyField: string | undefined;
  template: string;
}

const widths: Partial<Record<WidgetKind, string>> = {
  color: "2rem",
  percent: "8rem",
  number: "9rem",
  money: "13rem",
  date: "11rem",
  choice: "minmax(8rem, 12rem)",
  reference: "minmax(9rem, 14rem)",
};

export function columnsOf(schema: SettingSchema): Columns {
  const columns = fieldsOf(schema).map(([key, field]): Column => [key, field, widgetKind(field)]);
  // A colour is a small button and stands before the name it belongs to.
  const inline = columns
    .filter(([, , kind]) => kind !== "key" && !isWide(kind))
    .sort(([, , a], [, , b]) => Number(b === "color") - Number(a === "color"));
  return {
    inline,
    below: columns.filter(([, , kind]) => isWide(kind)),
    keyField: columns.find(([, , kind]) => kind === "key")?.[0],
    template: [...inline.map(([, , kind]) => widths[kind] ?? "minmax(8rem, 1fr)"), "2rem"].join(" "),
  };
}
