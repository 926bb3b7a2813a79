import { type FormEvent, useState } from "react";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Navigate } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { EmailField } from "@/shared/ui/typed-fields";
import { AuthFrame } from "../components/auth-frame";
import { MailSent } from "../components/mail-sent";
import { TextLink } from "../components/text-link";
import { emailProblem } from "../field-problems";
import { useRequestPasswordReset } from "../hooks/use-account-actions";
import { focusField, useFields } from "../hooks/use-fields";
import { useSession } from "../hooks/use-session";

const rules = { email: emailProblem };

export function ForgotPasswordPage() {
  usePageTitle("Reset your password");
  const { user, recovering } = useSession();
  const [sentTo, setSentTo] = useState("");
  const { run: request, isPending, error } = useRequestPasswordReset();
  const resend = useRequestPasswordReset();
  const { problems, read } = useFields(rules);
  // The code was typed here, or the link opened in another tab.
  if (recovering) return <Navigate to={paths.resetPassword} replace />;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending) return;
    const form = event.currentTarget;
    const typed = read(form);
    if (!typed) return;
    request(typed.email, {
      onSuccess: () => setSentTo(typed.email.trim()),
      onError: () => focusField(form, "email"),
    });
  }

  if (sentTo)
    return (
      <AuthFrame
        title="Look in your mailbox"
        lead={
          <>
            If there is an account with <b className="font-medium text-ink">{sentTo}</b>, a mail is on its way. Open its
            link in this browser within an hour, or type its code here.
          </>
        }
      >
        <MailSent kind="recovery" email={sentTo} resend={resend}>
          <p>
            Nothing there? Look in the spam folder, or{" "}
            <button
              type="button"
              className="font-medium text-accent-text underline underline-offset-2"
              onClick={() => setSentTo("")}
            >
              try another address
            </button>
            .
          </p>
        </MailSent>
      </AuthFrame>
    );
  return (
    <AuthFrame
      title="Reset your password"
      lead="We send you a mail with a link. Follow it, and choose a new password."
      footer={<TextLink to={user ? paths.home : paths.signIn}>{user ? "Back to the app" : "Back to sign-in"}</TextLink>}
    >
      <form noValidate onSubmit={submit} className="space-y-4">
        {error && <Notice>{error.message}</Notice>}
        <EmailField label="E-mail address" name="email" autoComplete="username" error={problems.email} />
        <Button type="submit" look="primary" busy={isPending} className="h-9 w-full max-sm:h-11">
          {isPending ? "Sending …" : "Send the mail"}
        </Button>
      </form>
    </AuthFrame>
  );
}
