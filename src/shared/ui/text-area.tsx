import type { ComponentProps } from "react";
import { Field, type FieldProps, fieldBox, fieldInput, useField } from "./field";

interface TextAreaProps extends Omit<ComponentProps<"textarea">, "required">, FieldProps {}

/** Grows with what is typed, up to half the window. */
export function TextArea({
  label,
  hideLabel,
  help,
  error,
  required,
  className,
  id,
  rows = 3,
  ...textarea
}: TextAreaProps) {
  const field = useField({ help, error, required }, id);
  return (
    <Field {...{ label, hideLabel, help, error, required, className }} id={field.id}>
      <div className={fieldBox}>
        <textarea
          dir="auto"
          rows={rows}
          {...field.control}
          className={`block field-sizing-content max-h-[50dvh] resize-y py-1.5 ${fieldInput}`}
          style={{ minHeight: `calc(${rows}lh + 0.75rem)` }}
          {...textarea}
        />
      </div>
    </Field>
  );
}
