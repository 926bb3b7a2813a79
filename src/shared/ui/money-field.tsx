import { currencyPlaces } from "@/shared/lib/decimal";
import { DecimalField, type ValueFieldProps } from "./decimal-field";

export interface Money {
  /** A decimal as text, "" for none. */
  amount: string;
  /** ISO 4217. */
  currency: string;
}

interface MoneyFieldProps extends ValueFieldProps<Money> {
  /** Where there is only one, it is shown and cannot be changed. */
  currencies: readonly string[];
  min?: string;
  max?: string;
}

export function MoneyField({ value, onChange, currencies, min = "0", label, ...rest }: MoneyFieldProps) {
  const places = currencyPlaces(value.currency);
  return (
    <DecimalField
      {...rest}
      label={label}
      value={value.amount}
      onChange={(amount) => onChange({ ...value, amount })}
      places={places}
      shownPlaces={places}
      min={min}
      end={
        currencies.length > 1 ? (
          <select
            aria-label={`${label}: currency`}
            value={value.currency}
            disabled={rest.disabled || rest.readOnly}
            onChange={(event) => onChange({ ...value, currency: event.target.value })}
            className="h-field-inner rounded-control border-s border-line bg-transparent px-1.5 text-ink-2 focus-visible:-outline-offset-2"
          >
            {currencies.map((currency) => (
              <option key={currency} value={currency} className="bg-raised text-ink">
                {currency}
              </option>
            ))}
          </select>
        ) : (
          <span className="px-2 text-ink-2">{value.currency}</span>
        )
      }
    />
  );
}
