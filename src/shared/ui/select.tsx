import { CSPProvider } from "@base-ui/react/csp-provider";
import { Select as Base } from "@base-ui/react/select";
import type { Ref } from "react";
import type { ValueFieldProps } from "./decimal-field";
import { Field, fieldButton, useField } from "./field";
import { Check, ChevronsUpDown } from "./icons";
import { type Option, OptionContent, optionList, optionRow } from "./option";

interface SelectProps<Value extends string> extends Omit<ValueFieldProps<Value | null>, "onChange"> {
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  placeholder?: string;
}

/** For a dozen of choices at most; more of them want searching, which the combobox does. */
export function Select<Value extends string>({
  options,
  value,
  onChange,
  onBlur,
  name,
  disabled = false,
  readOnly = false,
  placeholder = "Choose …",
  ref,
  ...frame
}: SelectProps<Value>) {
  const field = useField(frame);
  const chosen = options.find((option) => option.value === value);
  return (
    <Field {...frame} id={field.id}>
      {/* Without the style element that the policy of the built app would stop. */}
      <CSPProvider disableStyleElements>
        <Base.Root
          items={options}
          value={value}
          onValueChange={(next) => next !== null && onChange(next)}
          disabled={disabled}
          readOnly={readOnly}
          name={name}
        >
          <Base.Trigger
            {...field.control}
            ref={ref as Ref<HTMLButtonElement>}
            aria-labelledby={field.labelId}
            onBlur={onBlur}
            className={fieldButton}
          >
            {chosen ? (
              <OptionContent option={{ ...chosen, description: "" }} />
            ) : (
              <span className="min-w-0 flex-1 truncate text-ink-3">{placeholder}</span>
            )}
            <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner
              alignItemWithTrigger={false}
              sideOffset={4}
              collisionPadding={8}
              className="z-50 outline-none"
            >
              <Base.Popup className={optionList}>
                <Base.List>
                  {options.map((option) => (
                    <Base.Item
                      key={option.value}
                      value={option.value}
                      label={option.label}
                      disabled={option.disabled ?? false}
                      className={optionRow}
                    >
                      <OptionContent option={option} />
                      <Base.ItemIndicator>
                        <Check aria-hidden="true" className="size-4 text-accent-text" />
                      </Base.ItemIndicator>
                    </Base.Item>
                  ))}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      </CSPProvider>
    </Field>
  );
}
