import { Combobox as Base } from "@base-ui/react/combobox";
import { type Ref, useRef } from "react";
import { ComboboxList, useOptionFilter } from "./combobox-list";
import { type OptionSource, useOptions } from "./combobox-options";
import type { ValueFieldProps } from "./decimal-field";
import { Field, fieldBox, fieldInput, useField } from "./field";
import { X } from "./icons";
import type { Option } from "./option";

type MultiComboboxProps = ValueFieldProps<readonly string[]> & OptionSource & { placeholder?: string };

/** The field itself says that it is read only; a chip may not. */
const withoutReadOnly = { "aria-readonly": undefined };

/** Several of many. What is chosen stands in the field; Backspace in the empty field takes the last away. */
export function MultiCombobox({
  value,
  onChange,
  onBlur,
  name,
  disabled = false,
  readOnly = false,
  placeholder = "Type to search",
  ref,
  options,
  loadOptions,
  known,
  ...frame
}: MultiComboboxProps) {
  const field = useField(frame);
  const box = useRef<HTMLDivElement>(null);
  const source = useOptions({ options, loadOptions, known } as OptionSource);
  const filter = useOptionFilter();
  const isOpenToChange = !disabled && !readOnly;
  return (
    <Field {...frame} id={field.id}>
      <Base.Root
        multiple
        items={source.items}
        value={value.map(source.find)}
        onValueChange={(chosen) => {
          for (const option of chosen) source.remember(option);
          onChange(chosen.map((option) => option.value));
        }}
        isItemEqualToValue={(a, b) => a.value === b.value}
        filter={source.isAsync ? null : filter}
        autoHighlight
        onInputValueChange={(query, { reason }) => {
          if (reason === "input-change") source.search(query);
        }}
        onOpenChange={(isOpen, { reason }) => {
          // Opened by typing, it is searched for what was typed.
          if (isOpen && reason !== "input-change") source.search("", 0);
        }}
        disabled={disabled}
        readOnly={readOnly}
        name={name}
      >
        <Base.Chips ref={box} className={`${fieldBox} flex-wrap gap-1 px-1 py-0.5`}>
          <Base.Value>
            {(chosen: Option[]) => (
              <>
                {chosen.map((option) => (
                  <Base.Chip
                    key={option.value}
                    aria-label={option.label}
                    {...withoutReadOnly}
                    className="flex h-6 max-w-full items-center rounded-[4px] bg-mute-soft text-ink outline-none focus-within:bg-accent-soft focus-within:text-accent-text max-sm:h-8"
                  >
                    <span dir="auto" className={`truncate ps-2 ${isOpenToChange ? "" : "pe-2"}`}>
                      {option.label}
                    </span>
                    {isOpenToChange && (
                      <Base.ChipRemove
                        aria-label={`Remove ${option.label}`}
                        className="grid h-full w-6 shrink-0 place-items-center text-ink-3 hover:text-ink max-sm:w-8"
                      >
                        <X aria-hidden="true" className="size-3" />
                      </Base.ChipRemove>
                    )}
                  </Base.Chip>
                ))}
                <Base.Input
                  {...field.control}
                  ref={ref as Ref<HTMLInputElement>}
                  placeholder={chosen.length === 0 ? placeholder : ""}
                  onBlur={onBlur}
                  autoComplete="off"
                  dir="auto"
                  className={`h-6 px-1.5 max-sm:h-9 ${fieldInput} ${isOpenToChange || chosen.length === 0 ? "min-w-16" : "max-w-2"}`}
                />
              </>
            )}
          </Base.Value>
        </Base.Chips>
        <ComboboxList anchor={box} isLoading={source.isLoading} status={source.status} />
      </Base.Root>
    </Field>
  );
}
