import { useMemo } from "react";
import { Combobox } from "@/shared/ui/combobox";
import { MultiCombobox } from "@/shared/ui/multi-combobox";
import type { Option } from "@/shared/ui/option";
import { currencyOptions, localeOptions, timeZoneOptions, withCurrent } from "../lib/option-lists";
import { problemsAt, problemsWithin } from "../lib/pointer";
import { isNullable, listOf, textOf } from "../lib/schema";
import { useEditor, type WidgetProps } from "./widget-props";

interface SearchedFieldProps extends WidgetProps {
  makeOptions: () => Option[];
}

function SearchedField({ schema, value, onChange, path, label, hideLabel, help, makeOptions }: SearchedFieldProps) {
  const { problems } = useEditor();
  const current = textOf(value);
  const options = useMemo(() => withCurrent(makeOptions(), current), [makeOptions, current]);
  return (
    <Combobox
      {...{ label, hideLabel, help, options }}
      error={problemsAt(problems, path, label)}
      value={current || null}
      onChange={(next) => onChange(next ?? (isNullable(schema) ? null : ""))}
      className="max-w-80"
    />
  );
}

export function CurrencyField(props: WidgetProps) {
  return <SearchedField {...props} makeOptions={currencyOptions} />;
}

export function TimeZoneField(props: WidgetProps) {
  return <SearchedField {...props} makeOptions={timeZoneOptions} />;
}

export function LocaleField(props: WidgetProps) {
  return <SearchedField {...props} makeOptions={localeOptions} />;
}

export function CurrenciesField({ value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const { problems } = useEditor();
  const options = useMemo(currencyOptions, []);
  return (
    <MultiCombobox
      {...{ label, hideLabel, help, options }}
      error={problemsWithin(problems, path, label)}
      value={listOf(value).map(textOf)}
      onChange={(codes) => onChange([...codes])}
      className="max-w-xl"
    />
  );
}
