import type { WidgetKind } from "../lib/widget-kind";
import { widgetKind } from "../lib/widget-kind";
import { BooleanField, ChoiceField, ChoicesField, ColorField, ReferenceField } from "./choice-fields";
import { CurrenciesField, CurrencyField, LocaleField, TimeZoneField } from "./combobox-fields";
import { GroupField } from "./group-field";
import { ListField } from "./list-field";
import { MoneyInput, NumberInput, PercentInput } from "./number-fields";
import { DateInput, EmailInput, LongTextInput, TextInput, TimeInput, UriInput } from "./text-fields";
import { TextsField } from "./texts-field";
import type { WidgetProps } from "./widget-props";

const widgets: Record<WidgetKind, (props: WidgetProps) => React.ReactNode> = {
  boolean: BooleanField,
  choice: ChoiceField,
  choices: ChoicesField,
  color: ColorField,
  currencies: CurrenciesField,
  currency: CurrencyField,
  date: DateInput,
  domain: TextInput,
  email: EmailInput,
  group: GroupField,
  key: TextInput,
  list: ListField,
  locale: LocaleField,
  "long-text": LongTextInput,
  money: MoneyInput,
  number: NumberInput,
  percent: PercentInput,
  reference: ReferenceField,
  text: TextInput,
  texts: TextsField,
  time: TimeInput,
  "time-zone": TimeZoneField,
  uri: UriInput,
};

/** The control for one place of a setting, whatever its schema says it is. */
export function SettingField(props: WidgetProps) {
  const Widget = widgets[widgetKind(props.schema)];
  return <Widget {...props} />;
}
