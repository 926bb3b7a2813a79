import type { FormEvent } from "react";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { PasswordField, passwordRules } from "@/shared/ui/password-field";
import { TextField } from "@/shared/ui/text-field";
import { EmailField } from "@/shared/ui/typed-fields";
import { emailProblem, fieldOf, nameProblem } from "../field-problems";
import { useSignUp } from "../hooks/use-account-actions";
import { focusField, useFields } from "../hooks/use-fields";
import { passwordProblem } from "../password-rules";

const rules = { name: nameProblem, email: emailProblem, password: passwordProblem };

interface SignUpFormProps {
  returnTo: string;
  onSent: (email: string) => void;
}

export function SignUpForm({ returnTo, onSent }: SignUpFormProps) {
  const { run: signUp, isPending, error } = useSignUp(returnTo);
  const { problems, read } = useFields(rules);
  const refused = fieldOf(error);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const account = read(form);
    if (!account) return;
    signUp(account, {
      onSuccess: () => onSent(account.email.trim()),
      onError: (failure) => focusField(form, fieldOf(failure) ?? "email"),
    });
  }

  const beside = (field: string) => (refused === field ? error?.message : undefined);
  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      {error && !refused && <Notice>{error.message}</Notice>}
      <TextField label="Your name" name="name" autoComplete="name" error={problems.name} />
      <EmailField
        label="E-mail address"
        name="email"
        autoComplete="username"
        error={problems.email ?? beside("email")}
      />
      <PasswordField
        name="password"
        autoComplete="new-password"
        rules={passwordRules}
        label="Password"
        error={problems.password ?? beside("password")}
      />
      <Button type="submit" look="primary" busy={isPending} className="h-9 w-full max-sm:h-11">
        {isPending ? "Creating your account …" : "Create account"}
      </Button>
    </form>
  );
}
