import { Link as LinkIcon, Mail, Phone } from "./icons";
import { TextField, type TextFieldProps } from "./text-field";

type TypedFieldProps = Omit<TextFieldProps, "type" | "inputMode" | "start" | "end">;

// What a keyboard on a phone should offer and a browser may fill in. What is right is said by the form's own schema.

export function EmailField(props: TypedFieldProps) {
  return (
    <TextField
      type="email"
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      placeholder="name@company.com"
      start={<Mail aria-hidden="true" className="size-4" />}
      {...props}
    />
  );
}

export function UrlField(props: TypedFieldProps) {
  return (
    <TextField
      type="url"
      inputMode="url"
      autoComplete="url"
      autoCapitalize="none"
      spellCheck={false}
      placeholder="https://company.com"
      start={<LinkIcon aria-hidden="true" className="size-4" />}
      {...props}
    />
  );
}

export function PhoneField(props: TypedFieldProps) {
  return (
    <TextField
      type="tel"
      inputMode="tel"
      autoComplete="tel"
      dir="ltr"
      placeholder="+41 44 000 00 00"
      start={<Phone aria-hidden="true" className="size-4" />}
      {...props}
    />
  );
}
