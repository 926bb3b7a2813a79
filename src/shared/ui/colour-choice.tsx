import { useId } from "react";
import { type ColourName, colourNames, solidColours } from "./colour-names";
import type { ValueFieldProps } from "./decimal-field";
import { FieldGroup } from "./field";
import { Check } from "./icons";

/** A named colour, because each has to be read on in both themes. */
export function ColourChoice({
  value,
  onChange,
  onBlur,
  name,
  disabled,
  readOnly,
  ref: _ref,
  ...field
}: ValueFieldProps<ColourName | null>) {
  const id = useId();
  return (
    <FieldGroup {...field} id={id} role="radiogroup">
      <div className="flex flex-wrap gap-1">
        {colourNames.map((colour) => (
          <label
            key={colour}
            title={colour}
            className="relative grid size-control cursor-pointer place-items-center rounded-control has-disabled:cursor-not-allowed has-disabled:opacity-50 has-checked:bg-hover"
          >
            <input
              type="radio"
              name={name ?? id}
              value={colour}
              checked={value === colour}
              disabled={disabled || readOnly}
              onChange={() => onChange(colour)}
              onBlur={onBlur}
              aria-label={colour}
              className="peer absolute inset-0 appearance-none rounded-control"
            />
            <span
              aria-hidden="true"
              className={`pointer-events-none relative grid size-5 place-items-center rounded-full ${solidColours[colour]}`}
            >
              {value === colour && <Check className="size-3 stroke-3 text-white" />}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
