import { Combobox as Base } from "@base-ui/react/combobox";
import { type Ref, useRef } from "react";
import { ComboboxList, useOptionFilter } from "./combobox-list";
import { type OptionSource, useOptions } from "./combobox-options";
import type { ValueFieldProps } from "./decimal-field";
import { Field, fieldBox, fieldInput, useField } from "./field";
import { ChevronsUpDown, X } from "./icons";

type ComboboxProps = ValueFieldProps<string | null> & OptionSource & { placeholder?: string };

export function Combobox({
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
}: ComboboxProps) {
  const field = useField(frame);
  const box = useRef<HTMLDivElement>(null);
  const source = useOptions({ options, loadOptions, known } as OptionSource);
  const filter = useOptionFilter();
  const chosen = value === null ? null : source.find(value);
  return (
    <Field {...frame} id={field.id}>
      <Base.Root
        items={source.items}
        value={chosen}
        onValueChange={(option) => {
          if (option) source.remember(option);
          onChange(option?.value ?? null);
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
        <div ref={box} className={fieldBox}>
          <Base.Input
            {...field.control}
            ref={ref as Ref<HTMLInputElement>}
            placeholder={placeholder}
            onBlur={onBlur}
            autoComplete="off"
            dir="auto"
            className={`h-field-inner ${fieldInput}`}
          />
          {!disabled && !readOnly && (
            <>
              <Base.Clear
                aria-label={`Clear ${frame.label}`}
                className="grid h-field-inner w-7 shrink-0 place-items-center text-ink-3 hover:text-ink max-sm:w-11"
              >
                <X aria-hidden="true" className="size-4" />
              </Base.Clear>
              <Base.Trigger
                aria-label={`Show the choices for ${frame.label}`}
                className="grid h-field-inner w-7 shrink-0 place-items-center text-ink-3 hover:text-ink max-sm:w-11"
              >
                <ChevronsUpDown aria-hidden="true" className="size-3.5" />
              </Base.Trigger>
            </>
          )}
        </div>
        <ComboboxList anchor={box} isLoading={source.isLoading} status={source.status} />
      </Base.Root>
    </Field>
  );
}
