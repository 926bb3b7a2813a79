import { DateField } from "@/shared/ui/date-field";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { EmailField, UrlField } from "@/shared/ui/typed-fields";
import { problemsAt } from "../lib/pointer";
import { isNullable, textOf } from "../lib/schema";
import { useEditor, type WidgetProps } from "./widget-props";

/** What all fields of text share. Blanks around it are nobody's intention; an empty one that may be empty is none. */
function useTextField({ schema, value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const { problems } = useEditor();
  const set = (text: string) => onChange(text === "" && isNullable(schema) ? null : text);
  return {
    label,
    hideLabel,
    help,
    error: problemsAt(problems, path, label),
    value: textOf(value),
    onChange: ({ target }: { target: { value: string } }) => set(target.value),
    onBlur: () => {
      const text = textOf(value);
      if (text !== text.trim()) set(text.trim());
    },
  };
}

export function TextInput(props: WidgetProps) {
  const { maxLength } = props.schema;
  return <TextField {...useTextField(props)} maxLength={maxLength} autoComplete="off" />;
}

export function EmailInput(props: WidgetProps) {
  return <EmailField {...useTextField(props)} autoComplete="off" className="max-w-md" />;
}

export function UriInput(props: WidgetProps) {
  return <UrlField {...useTextField(props)} autoComplete="off" className="max-w-md" />;
}

export function TimeInput(props: WidgetProps) {
  return <TextField {...useTextField(props)} type="time" className="max-w-36" />;
}

export function LongTextInput(props: WidgetProps) {
  return <TextArea {...useTextField(props)} maxLength={props.schema.maxLength} rows={props.compact ? 1 : 3} />;
}

export function DateInput({ value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const { problems } = useEditor();
  return (
    <DateField
      label={label}
      hideLabel={hideLabel}
      help={help}
      error={problemsAt(problems, path, label)}
      value={textOf(value)}
      onChange={onChange}
      className="max-w-44"
    />
  );
}
