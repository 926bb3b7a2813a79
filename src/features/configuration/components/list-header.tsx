import type { CSSProperties } from "react";
import { columnsOf } from "../lib/columns";
import { titleOf } from "../lib/schema";
import type { SettingSchema } from "../types";

/** What stands in which column. On a phone each field says it itself. */
export function ListHeader({ schema }: { schema: SettingSchema }) {
  const columns = columnsOf(schema);
  if (columns.inline.length === 0) return null;
  return (
    <div
      aria-hidden="true"
      className="grid grid-cols-(--columns) gap-2 ps-6 pe-[4.25rem] pb-1 text-small text-ink-2 max-sm:hidden"
      style={{ "--columns": columns.template } as CSSProperties}
    >
      {columns.inline.map(([key, field, kind]) => (
        <span key={key} className="truncate">
          {kind === "color" ? "" : titleOf(field, key)}
        </span>
      ))}
    </div>
  );
}
