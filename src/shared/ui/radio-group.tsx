import { type ComponentProps, useId } from "react";
import { FieldGroup, type FieldProps } from "./field";
import type { Option } from "./option";

interface RadioGroupProps<Value extends string>
  extends FieldProps,
    Pick<ComponentProps<"input">, "name" | "ref" | "onBlur" | "disabled"> {
  options: readonly Option<Value>[];
  /** Left out where a form keeps the value itself. */
  value?: Value | null;
  onChange?: ComponentProps<"input">["onChange"];
  onValueChange?: (value: Value) => void;
}

export function RadioGroup<Value extends string>({
  options,
  value,
  name,
  onChange,
  onValueChange,
  disabled,
  ref,
  onBlur,
  ...field
}: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <FieldGroup {...field} id={id} role="radiogroup" describedBy={field.error ? `${id}-error` : undefined}>
      <div className="grid gap-0.5">
        {options.map((option) => (
          <label key={option.value} className="flex min-h-control items-start gap-2 py-1 has-disabled:text-ink-3">
            <input
              ref={ref}
              type="radio"
              name={name ?? id}
              value={option.value}
              disabled={disabled || option.disabled}
              {...(value !== undefined && { checked: value === option.value })}
              onChange={(event) => {
                onChange?.(event);
                onValueChange?.(option.value);
              }}
              onBlur={onBlur}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-control bg-surface checked:border-5 checked:border-accent disabled:border-line-strong disabled:checked:border-ink-3 max-sm:size-5 max-sm:checked:border-6"
            />
            <span className="min-w-0">
              {option.label}
              {option.description && <span className="block text-small text-ink-2">{option.description}</span>}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
