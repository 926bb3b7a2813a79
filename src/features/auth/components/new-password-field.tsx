import { type ComponentProps, useId, useState } from "react";
import { Check, Circle } from "@/shared/ui/icons";
import { passwordRules } from "../password-rules";
import { PasswordField } from "./password-field";

/** A password that is chosen now, with what it needs ticked off while it is typed. */
export function NewPasswordField({ onChange, ...props }: ComponentProps<typeof PasswordField>) {
  const [typed, setTyped] = useState("");
  const id = useId();
  return (
    <div>
      <PasswordField
        name="password"
        autoComplete="new-password"
        aria-describedby={id}
        {...props}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange?.(event);
        }}
      />
      <ul id={id} aria-label="What the password needs" className="mt-2 grid grid-cols-2 gap-x-3 gap-y-1 text-ink-2">
        {passwordRules.map(({ label, holds }) => {
          const done = holds(typed);
          const Icon = done ? Check : Circle;
          return (
            <li key={label} className="flex items-start gap-1.5">
              <Icon
                aria-hidden="true"
                className={`mt-[0.2rem] size-3.5 shrink-0 ${done ? "text-good" : "text-ink-3"}`}
              />
              <span>
                {label}
                <span className="sr-only">{done ? " (done)" : " (missing)"}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
