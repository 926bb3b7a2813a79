import { decimalPlaces, isDecimal } from "@/shared/lib/decimal";
import type { Json } from "@/shared/types/database.types";
import { MoneyField } from "@/shared/ui/money-field";
import { NumberField, PercentField } from "@/shared/ui/number-field";
import { problemsAt, problemsWithin } from "../lib/pointer";
import { listOf, objectOf, textOf, typesOf } from "../lib/schema";
import type { Setting } from "../types";
import { useEditor, type WidgetProps } from "./widget-props";

function useNumberField({ schema, value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const { problems } = useEditor();
  return {
    label,
    hideLabel,
    help,
    error: problemsAt(problems, path, label),
    value: typeof value === "number" ? String(value) : textOf(value),
    // What is no number stays as it was typed, so that it can be corrected and not guessed at.
    onChange: (text: string) => onChange(text === "" ? null : isDecimal(text) ? Number(text) : text),
    places: placesOf(schema),
    ...(schema.minimum !== undefined && { min: String(schema.minimum) }),
    ...(schema.maximum !== undefined && { max: String(schema.maximum) }),
  };
}

function placesOf(schema: WidgetProps["schema"]): number {
  if (typesOf(schema)[0] === "integer") return 0;
  return schema.multipleOf === undefined ? 6 : decimalPlaces(String(schema.multipleOf));
}

export function NumberInput(props: WidgetProps) {
  const unit = props.schema["x-unit"];
  return <NumberField {...useNumberField(props)} {...(unit && { unit })} className={props.compact ? "" : "max-w-52"} />;
}

export function PercentInput(props: WidgetProps) {
  return <PercentField {...useNumberField(props)} className={props.compact ? "" : "max-w-36"} />;
}

export function MoneyInput({ value, onChange, path, label, hideLabel, help, compact }: WidgetProps) {
  const { problems, settings } = useEditor();
  const base = textOf(valueIn(settings, "organization", "base_currency")) || "USD";
  const { amount, currency } = objectOf(value);
  const chosen = textOf(currency) || base;
  const offered = listOf(valueIn(settings, "revenue", "currencies")).map(textOf);
  return (
    <MoneyField
      label={label}
      hideLabel={hideLabel}
      help={help}
      error={problemsWithin(problems, path, label)}
      value={{ amount: textOf(amount), currency: chosen }}
      onChange={(money) => onChange({ amount: money.amount, currency: money.currency })}
      currencies={[...new Set([chosen, base, ...offered])].sort()}
      className={compact ? "" : "max-w-64"}
    />
  );
}

function valueIn(settings: readonly Setting[], category: string, key: string): Json | undefined {
  return settings.find((setting) => setting.category === category && setting.key === key)?.value;
}
