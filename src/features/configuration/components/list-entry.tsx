import type { CSSProperties } from "react";
import type { Json } from "@/shared/types/database.types";
import { IconButton } from "@/shared/ui/icon-button";
import { CircleAlert, Trash2 } from "@/shared/ui/icons";
import type { Column, Columns } from "../lib/columns";
import { entryKey } from "../lib/entry-key";
import { joinPointer, problemsAt, problemsOutside } from "../lib/pointer";
import { emptyValue, entryName, fieldsOf, listOf, objectOf, textOf, titleOf } from "../lib/schema";
import type { SettingSchema } from "../types";
import { useEditor } from "./widget-props";

interface ListEntryProps {
  schema: SettingSchema;
  columns: Columns;
  value: Json;
  path: string;
  label: string;
  index: number;
  siblings: readonly Json[];
  onChange: (value: Json) => void;
  onRemove: () => void;
}

export function ListEntry({
  schema,
  columns,
  value,
  path,
  label,
  index,
  siblings,
  onChange,
  onRemove,
}: ListEntryProps) {
  const { problems, saved, Field } = useEditor();
  const name = entryName(schema, value, index);
  const remove = <IconButton label={`Remove ${name}`} Icon={Trash2} onClick={onRemove} />;
  if (!schema.properties)
    return (
      <div className="flex items-start gap-2">
        <div className="max-w-52 min-w-0 flex-1">
          <Field {...{ schema, value, onChange, path }} label={`${label}, ${name}`} hideLabel compact />
        </div>
        {remove}
      </div>
    );

  const entry = objectOf(value);
  const { inline, below, keyField } = columns;
  const fields = fieldsOf(schema).map(([key]) => key);
  // The key has no field, so what is wrong with it is said for the whole entry.
  const error = [problemsOutside(problems, path, fields), keyField && problemsAt(problems, joinPointer(path, keyField))]
    .filter(Boolean)
    .join(" ");

  const hasColour = inline[0]?.[2] === "color";

  function setField(field: string, next: Json) {
    const changed = { ...entry, [field]: next };
    const isNamed = keyField !== undefined && field === schema["x-label"];
    onChange(
      isNamed
        ? { ...changed, [keyField]: entryKey({ entry: changed, keyField, saved: listOf(saved), siblings, index }) }
        : changed,
    );
  }

  const cell = ([key, field, kind]: Column, place: number) => (
    <div key={key} className={`min-w-0 ${hasColour && place > 1 ? "max-sm:col-span-2" : ""}`}>
      <span
        aria-hidden="true"
        className={`block text-small text-ink-2 sm:hidden ${kind === "color" ? "invisible" : ""}`}
      >
        {titleOf(field, key)}
      </span>
      <Field
        schema={field}
        value={entry[key] ?? emptyValue(field)}
        onChange={(next) => setField(key, next)}
        path={joinPointer(path, key)}
        label={`${titleOf(field, key)} of ${name}`}
        hideLabel
        compact
      />
    </div>
  );

  return (
    <div className="space-y-1">
      <div
        className={`grid items-start gap-2 sm:grid-cols-(--columns) ${hasColour ? "max-sm:grid-cols-[2.75rem_minmax(0,1fr)]" : "max-sm:grid-cols-1"}`}
        style={{ "--columns": columns.template } as CSSProperties}
      >
        {inline.map(cell)}
        <div className="max-sm:-ms-2">{remove}</div>
      </div>
      {below.map(cell)}
      {error && (
        <p className="flex items-start gap-1 text-small text-bad">
          <CircleAlert aria-hidden="true" className="mt-[0.1875rem] size-3 shrink-0" />
          {error}
        </p>
      )}
      {keyField && textOf(entry[keyField]) !== "" && (
        <p className="text-small text-ink-3">
          Key <code className="wrap-anywhere">{textOf(entry[keyField])}</code>
        </p>
      )}
    </div>
  );
}
