import type { FormEvent } from "react";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { PasswordField } from "@/shared/ui/password-field";
import { EmailField } from "@/shared/ui/typed-fields";
import { emailProblem } from "../field-problems";
import { focusField, useFields } from "../hooks/use-fields";
import { useSignIn } from "../hooks/use-sign-in";

const rules = {
  email: emailProblem,
  password: (password: string) => (password === "" ? "Enter your password." : undefined),
};

export function SignInForm() {
  const { signIn, isPending, error } = useSignIn();
  const { problems, read } = useFields(rules);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const typed = read(form);
    if (typed) signIn(typed, { onError: () => focusField(form, "password") });
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {error && <Notice>{error.message}</Notice>}
      <EmailField label="E-mail address" name="email" autoComplete="username" error={problems.email} />
      <PasswordField label="Password" name="password" autoComplete="current-password" error={problems.password} />
      <Button type="submit" look="primary" busy={isPending} className="h-9 w-full max-sm:h-11">
        {isPending ? "Signing in …" : "Sign in"}
      </Button>
    </form>
  );
}
