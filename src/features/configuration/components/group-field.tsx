import { Notice } from "@/shared/ui/notice";
import { joinPointer, problemsOutside } from "../lib/pointer";
import { emptyValue, fieldsOf, objectOf, titleOf } from "../lib/schema";
import { isWide, widgetKind } from "../lib/widget-kind";
import type { SettingSchema } from "../types";
import { useEditor, type WidgetProps } from "./widget-props";

/** Fields that belong together. */
export function GroupField({ schema, value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const { problems, Field } = useEditor();
  const fields = fieldsOf(schema);
  const group = objectOf(value);
  const error = problemsOutside(
    problems,
    path,
    fields.map(([key]) => key),
    label,
  );
  return (
    <fieldset className="min-w-0 space-y-3">
      <legend className={hideLabel ? "sr-only" : "mb-1 font-medium text-ink"}>{label}</legend>
      {help && <p className="text-small text-ink-2">{help}</p>}
      {error && <Notice>{error}</Notice>}
      <div className="flex flex-wrap gap-x-4 gap-y-3">
        {fields.map(([key, field]) => (
          <div key={key} className={`min-w-0 ${takesLine(field) ? "basis-full" : ""}`}>
            <Field
              schema={field}
              value={group[key] ?? emptyValue(field)}
              onChange={(next) => onChange({ ...group, [key]: next })}
              path={joinPointer(path, key)}
              label={titleOf(field, key)}
              help={field.description}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}

// Short ones stand beside each other: from and to, day and hour.
function takesLine(field: SettingSchema): boolean {
  const kind = widgetKind(field);
  return isWide(kind) || ["text", "email", "uri", "boolean", "choice", "reference"].includes(kind);
}
