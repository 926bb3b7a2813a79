import { type ComponentProps, useRef } from "react";
import { fieldBox, fieldInput } from "./field";
import { Search, X } from "./icons";
import { Kbd } from "./kbd";

interface SearchFieldProps extends Omit<ComponentProps<"input">, "type" | "value" | "onChange" | "ref"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The keys that bring the focus here, for the eye: the page itself listens to them. */
  shortcut?: string;
}

export function SearchField({ label, value, onChange, shortcut, className = "", ...input }: SearchFieldProps) {
  const ref = useRef<HTMLInputElement>(null);
  const clear = () => {
    onChange("");
    ref.current?.focus();
  };
  return (
    <div className={`${fieldBox} ${className}`}>
      <Search aria-hidden="true" className="ms-2 size-4 shrink-0 text-ink-3" />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || value === "") return;
          // The first Escape empties the field, the next one is for what surrounds it.
          event.stopPropagation();
          event.preventDefault();
          clear();
        }}
        className={`h-field-inner ${fieldInput} [&::-webkit-search-cancel-button]:hidden`}
        {...input}
      />
      {value !== "" ? (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={clear}
          className="grid h-field-inner w-8 shrink-0 place-items-center rounded-control text-ink-3 hover:text-ink max-sm:w-11"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      ) : (
        shortcut && (
          <span className="pe-1.5 max-sm:hidden">
            <Kbd>{shortcut}</Kbd>
          </span>
        )
      )}
    </div>
  );
}
