import { type ComponentProps, useState } from "react";
import { Eye, EyeOff } from "@/shared/ui/icons";
import { TextField } from "@/shared/ui/text-field";

type PasswordFieldProps = Omit<ComponentProps<typeof TextField>, "type" | "end">;

export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <TextField
      {...props}
      type={shown ? "text" : "password"}
      end={
        <button
          type="button"
          // Several of these may stand in one form.
          aria-label={`${shown ? "Hide" : "Show"} ${props.label.toLowerCase()}`}
          onClick={() => setShown(!shown)}
          className="grid size-8 place-items-center rounded-control text-ink-3 hover:text-ink max-sm:size-10"
        >
          <Icon aria-hidden="true" className="size-4" />
        </button>
      }
    />
  );
}
