import { type KeyboardEvent, type ReactNode, type Ref, useState } from "react";
import {
  addDecimals,
  compareDecimals,
  decimalPlaces,
  formatDecimal,
  isDecimal,
  parseDecimal,
} from "@/shared/lib/decimal";
import { useLocale } from "@/shared/lib/locale";
import type { FieldProps } from "./field";
import { TextField } from "./text-field";

/** What a form hands to a field whose value is not the text that stands in it. */
export interface ValueFieldProps<Value> extends FieldProps {
  value: Value;
  onChange: (value: Value) => void;
  onBlur?: (() => void) | undefined;
  name?: string | undefined;
  disabled?: boolean | undefined;
  readOnly?: boolean | undefined;
  ref?: Ref<HTMLElement> | undefined;
}

export interface DecimalFieldProps extends ValueFieldProps<string> {
  /** At most so many decimal places are taken; none are rounded away. */
  places?: number;
  /** So many are always shown. */
  shownPlaces?: number;
  min?: string;
  max?: string;
  /** What the arrow keys add and take away. */
  step?: string;
  placeholder?: string;
  start?: ReactNode;
  end?: ReactNode;
}

/**
 * A number as text: "1234.5", or "" for none. Typed in any usual manner and written out in the person's own once it is
 * left. What is no number is handed on as it was typed, so that nothing is lost and the form can refuse it.
 */
export function DecimalField({
  value,
  onChange,
  onBlur,
  places = 6,
  shownPlaces = 0,
  min,
  max,
  step = "1",
  error,
  ref,
  ...rest
}: DecimalFieldProps) {
  const locale = useLocale();
  // What is being typed is left alone until the field is left.
  const [typed, setTyped] = useState<string | null>(null);
  const [wasLeft, setLeft] = useState(false);
  const written = isDecimal(value) ? formatDecimal(value, { locale, places: shownPlaces }) : value;

  function type(text: string) {
    setTyped(text);
    onChange(text.trim() === "" ? "" : (parseDecimal(text, locale) ?? text));
  }

  function stepBy(event: KeyboardEvent, amount: string) {
    if (rest.readOnly || (value !== "" && !isDecimal(value))) return;
    event.preventDefault();
    const next = addDecimals(value || "0", amount);
    if ((min && compareDecimals(next, min) < 0) || (max && compareDecimals(next, max) > 0)) return;
    setTyped(null);
    onChange(next);
  }

  return (
    <TextField
      {...rest}
      ref={ref as Ref<HTMLInputElement>}
      error={error ?? (wasLeft && typed === null ? problemOf(value, { places, min, max, locale }) : undefined)}
      value={typed ?? written}
      inputMode={min !== undefined && compareDecimals(min, "0") >= 0 ? "decimal" : "text"}
      autoComplete="off"
      dir="ltr"
      onChange={(event) => type(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "ArrowUp") stepBy(event, step);
        else if (event.key === "ArrowDown") stepBy(event, `-${step}`);
      }}
      onBlur={() => {
        setTyped(null);
        setLeft(true);
        onBlur?.();
      }}
    />
  );
}

interface Limits {
  places: number;
  min: string | undefined;
  max: string | undefined;
  locale: string;
}

function problemOf(value: string, { places, min, max, locale }: Limits): string | undefined {
  if (value === "") return undefined;
  if (!isDecimal(value)) return `This is not a number. Write it like ${formatDecimal("1234.5", { locale })}.`;
  if (decimalPlaces(value) > places)
    return places === 0
      ? "Only whole numbers are possible here."
      : `At most ${places} decimal places are possible here.`;
  if (min !== undefined && compareDecimals(value, min) < 0) return `At least ${formatDecimal(min, { locale })}.`;
  if (max !== undefined && compareDecimals(value, max) > 0) return `At most ${formatDecimal(max, { locale })}.`;
  return undefined;
}
