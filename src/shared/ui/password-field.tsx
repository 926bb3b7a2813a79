import { useId, useState } from "react";
import { Check, Eye, EyeOff, Minus } from "./icons";
import { TextField, type TextFieldProps } from "./text-field";

export interface PasswordRule {
  label: string;
  holds: (password: string) => boolean;
}

/** What the server asks of a new password. It has the last word. */
export const passwordRules: readonly PasswordRule[] = [
  { label: "At least 8 characters", holds: (password) => Array.from(password).length >= 8 },
  { label: "A lower case letter", holds: (password) => /[a-z]/.test(password) },
  { label: "An upper case letter", holds: (password) => /[A-Z]/.test(password) },
  { label: "A digit", holds: (password) => /[0-9]/.test(password) },
];

interface PasswordFieldProps extends Omit<TextFieldProps, "type" | "end" | "autoComplete"> {
  autoComplete: "current-password" | "new-password";
  /** Shows while typing which of them are met already. */
  rules?: readonly PasswordRule[];
}

export function PasswordField({ rules, onChange, disabled, ...rest }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const [typed, setTyped] = useState(typeof rest.defaultValue === "string" ? rest.defaultValue : "");
  const rulesId = useId();
  const password = typeof rest.value === "string" ? rest.value : typed;
  return (
    <div className={`min-w-0 ${rest.className ?? ""}`}>
      <TextField
        autoCapitalize="none"
        spellCheck={false}
        {...rest}
        className=""
        disabled={disabled}
        type={isShown ? "text" : "password"}
        dir="ltr"
        onChange={(event) => {
          setTyped(event.target.value);
          onChange?.(event);
        }}
        end={
          <button
            type="button"
            disabled={disabled}
            aria-label={isShown ? "Hide password" : "Show password"}
            onClick={() => setShown(!isShown)}
            className="grid h-field-inner w-8 place-items-center rounded-control text-ink-3 hover:text-ink max-sm:w-11"
          >
            {isShown ? <EyeOff aria-hidden="true" className="size-4" /> : <Eye aria-hidden="true" className="size-4" />}
          </button>
        }
      />
      {rules && (
        <ul
          id={rulesId}
          aria-label="What the password needs"
          className="mt-2 grid gap-x-4 gap-y-1 text-small sm:grid-cols-2"
        >
          {rules.map(({ label, holds }) => {
            const isMet = holds(password);
            return (
              <li key={label} className={`flex items-center gap-1.5 ${isMet ? "text-good" : "text-ink-2"}`}>
                {isMet ? (
                  <Check aria-hidden="true" className="size-3.5 shrink-0" />
                ) : (
                  <Minus aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
                )}
                {label}
                <span className="sr-only">{isMet ? ": met" : ": not met yet"}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
