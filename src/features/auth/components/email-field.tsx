import type { ComponentProps } from "react";
import { TextField } from "@/shared/ui/text-field";

type EmailFieldProps = Omit<ComponentProps<typeof TextField>, "label" | "type"> & { label?: string };

export function EmailField({ label = "E-mail address", ...rest }: EmailFieldProps) {
  return (
    <TextField
      label={label}
      name="email"
      type="email"
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      {...rest}
    />
  );
}
