import type { FormEvent } from "react";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { EmailField } from "@/shared/ui/typed-fields";
import { emailProblem } from "../field-problems";
import { useResendConfirmation } from "../hooks/use-account-actions";
import { focusField, useFields } from "../hooks/use-fields";

const rules = { email: emailProblem };

/** For a link that came too late: the address once more, and a new mail. */
export function ResendConfirmation({ returnTo }: { returnTo: string }) {
  const { run: resend, isPending, isSuccess, error } = useResendConfirmation(returnTo);
  const { problems, read } = useFields(rules);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const typed = read(form);
    if (typed) resend(typed.email, { onError: () => focusField(form, "email") });
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-4">
      <p className="text-ink-2">If you have confirmed it before, simply sign in. Otherwise we send you a new link.</p>
      {error && <Notice>{error.message}</Notice>}
      {isSuccess && (
        <Notice tone="info">
          If an account with this address waits for its confirmation, a new mail is on its way.
        </Notice>
      )}
      <EmailField label="E-mail address" name="email" autoComplete="username" error={problems.email} />
      <Button type="submit" look="primary" busy={isPending} className="h-9 w-full max-sm:h-11">
        Send a new link
      </Button>
    </form>
  );
}
