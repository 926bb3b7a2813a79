import { type ComponentProps, type ReactNode, useId } from "react";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  error?: string | undefined;
  /** Sits at the end of the field, such as a button that shows the password. */
  end?: ReactNode;
}

export function TextField({ label, error, end, className = "", ...input }: TextFieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-ink">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          className={`h-9 w-full rounded-control border bg-surface px-2.5 text-ink placeholder:text-ink-3 max-sm:h-11 ${end ? "pe-11" : ""} ${error ? "border-bad" : "border-line-control"}`}
          {...input}
        />
        {end && <div className="absolute inset-y-0 end-0.5 flex items-center">{end}</div>}
      </div>
      {error && (
        <p id={errorId} className="mt-1 text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
