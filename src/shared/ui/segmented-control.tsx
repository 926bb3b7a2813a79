import { useId } from "react";
import type { LucideIcon } from "./icons";

interface SegmentedControlProps<Value extends string> {
  label: string;
  /** The label stands above; otherwise it is only read out. */
  showLabel?: boolean;
  options: readonly { value: Value; label: string; Icon?: LucideIcon }[];
  value: Value;
  onChange: (value: Value) => void;
  disabled?: boolean;
}

/** Two to five ways to see the same thing. */
export function SegmentedControl<Value extends string>({
  label,
  showLabel = false,
  options,
  value,
  onChange,
  disabled = false,
}: SegmentedControlProps<Value>) {
  const name = useId();
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className={showLabel ? "mb-1 text-small text-ink-3" : "sr-only"}>{label}</legend>
      <div className="inline-grid max-w-full auto-cols-fr grid-flow-col gap-0.5 rounded-control bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative flex h-control cursor-pointer items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-ink-2 hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-low has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:opacity-50"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            {option.Icon && <option.Icon aria-hidden="true" className="size-3.5 shrink-0" />}
            <span className="truncate">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
