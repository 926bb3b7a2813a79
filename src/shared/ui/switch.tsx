import { type ComponentProps, type ReactNode, useId } from "react";

interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "role"> {
  label: ReactNode;
  help?: ReactNode;
}

/** For what takes effect at once; a checkbox is for what is saved with a form. */
export function Switch({ label, help, className = "", ...input }: SwitchProps) {
  const id = useId();
  return (
    <label className={`flex min-h-control items-center gap-4 has-disabled:text-ink-3 ${className}`}>
      <span className="min-w-0 flex-1">
        <span id={`${id}-label`} className="block font-medium">
          {label}
        </span>
        {help && (
          <span id={`${id}-help`} className="block text-small text-ink-2">
            {help}
          </span>
        )}
      </span>
      <span className="relative inline-flex h-5 w-9 shrink-0">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells by itself whether it is checked.
          role="switch"
          aria-labelledby={`${id}-label`}
          aria-describedby={help ? `${id}-help` : undefined}
          className="peer size-full appearance-none rounded-full border border-line-control bg-mute-soft transition-colors duration-100 checked:border-accent checked:bg-accent disabled:border-line-strong disabled:opacity-60"
          {...input}
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute start-[3px] top-[3px] size-3.5 rounded-full bg-line-control transition-transform duration-100 peer-checked:translate-x-4 peer-checked:bg-accent-ink rtl:peer-checked:-translate-x-4"
        />
      </span>
    </label>
  );
}
