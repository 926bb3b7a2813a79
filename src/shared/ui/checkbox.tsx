import { type ComponentProps, type ReactNode, useCallback, useId } from "react";
import { Check, Minus } from "./icons";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  label: ReactNode;
  /** For a row in a table: the label is read out but not shown. */
  hideLabel?: boolean;
  help?: ReactNode;
  error?: string | undefined;
  /** Some of what it stands for is chosen. */
  indeterminate?: boolean;
}

export function Checkbox({
  label,
  hideLabel = false,
  help,
  error,
  indeterminate = false,
  className = "",
  ref,
  ...input
}: CheckboxProps) {
  const id = useId();
  const attach = useCallback(
    (element: HTMLInputElement | null) => {
      if (element) element.indeterminate = indeterminate;
      if (typeof ref === "function") return ref(element);
      if (ref) ref.current = element;
    },
    [ref, indeterminate],
  );
  return (
    <div className={className}>
      <label
        className={`flex min-h-control items-center gap-2 has-disabled:text-ink-3 ${hideLabel ? "justify-center" : ""}`}
      >
        <span className="relative grid size-4 shrink-0 place-items-center max-sm:size-5">
          <input
            ref={attach}
            type="checkbox"
            aria-invalid={error ? true : undefined}
            aria-describedby={error || help ? `${id}-notes` : undefined}
            className="peer absolute inset-0 appearance-none rounded-[4px] border border-line-control bg-surface transition-colors duration-100 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:border-line-strong disabled:bg-sunken aria-invalid:border-bad disabled:checked:bg-ink-3"
            {...input}
          />
          {indeterminate ? (
            <Minus aria-hidden="true" className="pointer-events-none relative size-3 stroke-3 text-accent-ink" />
          ) : (
            <Check
              aria-hidden="true"
              className="pointer-events-none relative size-3 stroke-3 text-accent-ink opacity-0 peer-checked:opacity-100"
            />
          )}
        </span>
        <span className={hideLabel ? "sr-only" : "min-w-0"}>{label}</span>
      </label>
      {(help || error) && (
        <p id={`${id}-notes`} className="ms-6 text-small max-sm:ms-7">
          {error && <span className="block text-bad">{error}</span>}
          {help && <span className="block text-ink-2">{help}</span>}
        </p>
      )}
    </div>
  );
}
