import { DecimalField, type DecimalFieldProps } from "./decimal-field";

interface NumberFieldProps extends Omit<DecimalFieldProps, "start" | "end" | "shownPlaces"> {
  /** Such as "days" or "km". */
  unit?: string;
}

export function NumberField({ unit, ...rest }: NumberFieldProps) {
  return <DecimalField {...rest} end={unit && <span className="px-2 text-ink-2">{unit}</span>} />;
}

/** 18 is eighteen per cent. */
export function PercentField({ places = 2, min = "0", max = "100", ...rest }: Omit<NumberFieldProps, "unit">) {
  return (
    <DecimalField
      {...rest}
      places={places}
      min={min}
      max={max}
      end={
        <span className="px-2 text-ink-2">
          <span aria-hidden="true">%</span>
          <span className="sr-only">per cent</span>
        </span>
      }
    />
  );
}
