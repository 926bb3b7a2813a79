import type { ComponentProps, ReactNode } from "react";
import { Field, type FieldProps, fieldBox, fieldInput, useField } from "./field";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "required">, FieldProps {
  /** Stands before what is typed, such as an icon or "https://". */
  start?: ReactNode;
  /** Sits at the end of the field, such as a button that shows the password. */
  end?: ReactNode;
}

export function TextField({
  label,
  hideLabel,
  help,
  error,
  required,
  className,
  start,
  end,
  id,
  ...input
}: TextFieldProps) {
  const field = useField({ help, error, required }, id);
  return (
    <Field {...{ label, hideLabel, help, error, required, className }} id={field.id}>
      <div className={fieldBox}>
        {start && <span className="pointer-events-none flex shrink-0 ps-2.5 text-ink-3">{start}</span>}
        <input dir="auto" {...field.control} className={`h-field-inner ${fieldInput}`} {...input} />
        {end && <div className="flex shrink-0 items-center pe-0.5">{end}</div>}
      </div>
    </Field>
  );
}
