import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/shared/ui/button";
import { Eye, EyeOff } from "@/shared/ui/icons";
import { Notice } from "@/shared/ui/notice";
import { TextField } from "@/shared/ui/text-field";
import { useSignIn } from "../hooks/use-sign-in";

interface Missing {
  email?: string;
  password?: string;
}

export function SignInForm() {
  const { signIn, isPending, error } = useSignIn();
  const [missing, setMissing] = useState<Missing>({});
  const [shown, setShown] = useState(false);
  const emailRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    // Read from the form: what a password manager fills in may never have caused a change event.
    const form = new FormData(event.currentTarget);
    const email = String(form.get("email") ?? "");
    const password = String(form.get("password") ?? "");
    const found = missingIn(email, password);
    setMissing(found);
    if (found.email) emailRef.current?.focus();
    else if (found.password) passwordRef.current?.focus();
    else signIn({ email, password }, { onError: () => passwordRef.current?.focus() });
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {error && <Notice>{error.message}</Notice>}
      <TextField
        ref={emailRef}
        label="E-mail address"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={missing.email}
      />
      <TextField
        ref={passwordRef}
        label="Password"
        name="password"
        type={shown ? "text" : "password"}
        autoComplete="current-password"
        error={missing.password}
        end={
          <button
            type="button"
            aria-label={shown ? "Hide password" : "Show password"}
            onClick={() => setShown(!shown)}
            className="grid size-8 place-items-center rounded-control text-ink-3 hover:text-ink max-sm:size-10"
          >
            {shown ? <EyeOff aria-hidden="true" className="size-4" /> : <Eye aria-hidden="true" className="size-4" />}
          </button>
        }
      />
      <Button type="submit" look="primary" busy={isPending} className="h-9 w-full max-sm:h-11">
        {isPending ? "Signing in …" : "Sign in"}
      </Button>
    </form>
  );
}

function missingIn(email: string, password: string): Missing {
  return {
    ...(email.trim() === ""
      ? { email: "Enter your e-mail address." }
      : !/^\S+@\S+$/.test(email.trim()) && { email: "This is not an e-mail address. It looks like name@company.com." }),
    ...(password === "" && { password: "Enter your password." }),
  };
}
