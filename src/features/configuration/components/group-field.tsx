import { Notice } from "@/shared/ui/notice";
import { joinPointer, problemsOutside } from "../lib/pointer";
import { emptyValue, fieldsOf, objectOf, titleOf } from "../lib/schema";
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
  );
  return (
    <fieldset className="min-w-0 space-y-3">
      <legend className={hideLabel ? "sr-only" : "mb-1 font-medium text-ink"}>{label}</legend>
      {help && <p className="text-small text-ink-2">{help}</p>}
      {error && <Notice>{error}</Notice>}
      {fields.map(([key, field]) => (
        <Field
          key={key}
          schema={field}
          value={group[key] ?? emptyValue(field)}
          onChange={(next) => onChange({ ...group, [key]: next })}
          path={joinPointer(path, key)}
          label={titleOf(field, key)}
          help={field.description}
        />
      ))}
    </fieldset>
  );
}
