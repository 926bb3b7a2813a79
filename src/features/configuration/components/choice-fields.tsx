import { useId } from "react";
import type { Json } from "@/shared/types/database.types";
import { Checkbox } from "@/shared/ui/checkbox";
import { ColourChoice } from "@/shared/ui/colour-choice";
import { isColourName, solidColours } from "@/shared/ui/colour-names";
import { FieldGroup } from "@/shared/ui/field";
import type { Option } from "@/shared/ui/option";
import { Popover } from "@/shared/ui/popover";
import { RadioGroup } from "@/shared/ui/radio-group";
import { Select } from "@/shared/ui/select";
import { withCurrent } from "../lib/option-lists";
import { problemsAt, problemsWithin } from "../lib/pointer";
import { referenceOptions } from "../lib/references";
import { enumLabel, listOf, textOf } from "../lib/schema";
import { useEditor, type WidgetProps } from "./widget-props";

const FEW = 4;

export function ChoiceField({ schema, value, onChange, path, label, hideLabel, help, compact }: WidgetProps) {
  const error = problemsAt(useEditor().problems, path, label);
  const choices = schema.enum ?? [];
  const options: Option[] = choices.map((choice) => ({ value: String(choice), label: enumLabel(schema, choice) }));
  const field = { label, hideLabel, help, error, options, value: value === null ? null : String(value) };
  const choose = (text: string) => onChange(choices.find((choice) => String(choice) === text) ?? text);
  return compact || options.length > FEW ? (
    <Select {...field} onChange={choose} className={compact ? "" : "max-w-64"} />
  ) : (
    <RadioGroup {...field} onValueChange={choose} />
  );
}

const yesAndNo: Option[] = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

export function BooleanField({ value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const error = problemsAt(useEditor().problems, path, label);
  if (hideLabel)
    return (
      <RadioGroup
        {...{ label, hideLabel, help, error }}
        options={yesAndNo}
        value={String(value === true)}
        onValueChange={(answer) => onChange(answer === "true")}
      />
    );
  return (
    <Checkbox
      {...{ label, help, error }}
      checked={value === true}
      onChange={({ target }) => onChange(target.checked)}
    />
  );
}

/** Several of a few, such as days of the week; they always stand in the order of the definition. */
export function ChoicesField({ schema, value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const id = useId();
  const error = problemsWithin(useEditor().problems, path, label);
  const chosen = listOf(value);
  const choices = schema.items?.enum ?? [];
  const toggle = (choice: Json, on: boolean) =>
    onChange(choices.filter((other) => (other === choice ? on : chosen.includes(other))));
  return (
    <FieldGroup {...{ label, hideLabel, help, error }} id={id} describedBy={error ? `${id}-error` : undefined}>
      <div className="flex flex-wrap gap-x-5 gap-y-0.5">
        {choices.map((choice) => (
          <Checkbox
            key={String(choice)}
            label={enumLabel(schema.items, choice)}
            checked={chosen.includes(choice)}
            onChange={({ target }) => toggle(choice, target.checked)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

export function ColorField({ value, onChange, path, label, hideLabel, help, compact }: WidgetProps) {
  const error = problemsAt(useEditor().problems, path, label);
  const colour = isColourName(textOf(value)) ? (value as keyof typeof solidColours) : null;
  const choice = <ColourChoice {...{ label, hideLabel, help, error }} value={colour} onChange={onChange} />;
  if (!compact) return choice;
  return (
    <Popover
      label={label}
      trigger={
        <button
          type="button"
          aria-label={`${label}: ${colour ?? "none"}`}
          aria-invalid={error ? true : undefined}
          className="grid size-control place-items-center rounded-control border border-line-control bg-surface aria-invalid:border-bad"
        >
          <span
            aria-hidden="true"
            className={`size-3.5 rounded-full ${colour ? solidColours[colour] : "border border-line-control"}`}
          />
        </button>
      }
    >
      {choice}
    </Popover>
  );
}

/** One of the entries of another list. */
export function ReferenceField({ schema, value, onChange, path, label, hideLabel, help, compact }: WidgetProps) {
  const { problems, settings, root } = useEditor();
  const options = withCurrent(referenceOptions(schema["x-references"], settings, root), textOf(value));
  return (
    <Select
      {...{ label, hideLabel, help }}
      error={problemsAt(problems, path, label)}
      options={options}
      value={textOf(value) || null}
      onChange={onChange}
      className={compact ? "" : "max-w-64"}
    />
  );
}
