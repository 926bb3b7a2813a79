import { useState } from "react";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths, safeReturnTo, signInPath } from "@/shared/lib/paths";
import { Navigate, useSearchParams } from "@/shared/lib/router";
import { AuthFrame } from "../components/auth-frame";
import { MailSent } from "../components/mail-sent";
import { SignUpForm } from "../components/sign-up-form";
import { TextLink } from "../components/text-link";
import { useResendConfirmation } from "../hooks/use-account-actions";
import { useSession } from "../hooks/use-session";

export function SignUpPage() {
  usePageTitle("Create an account");
  const { user } = useSession();
  const [search] = useSearchParams();
  const [sentTo, setSentTo] = useState("");
  const returnTo = safeReturnTo(search);
  const resend = useResendConfirmation(returnTo);
  if (user) return <Navigate to={returnTo} replace />;
  const signIn = <TextLink to={signInPath(returnTo)}>Sign in</TextLink>;
  if (sentTo)
    return (
      <AuthFrame
        title="Look in your mailbox"
        lead={
          <>
            Unless it has an account already, a mail is on its way to <b className="font-medium text-ink">{sentTo}</b>.
            Open its link in this browser within an hour, or type its code here.
          </>
        }
      >
        <MailSent kind="signup" email={sentTo} resend={resend}>
          <p>
            Nothing there? Look in the spam folder. You have an account? {signIn} or{" "}
            <TextLink to={paths.forgotPassword}>reset your password</TextLink>.
          </p>
        </MailSent>
      </AuthFrame>
    );
  return (
    <AuthFrame
      title="Create an account"
      lead="Then create your organization, or join the one that invited you."
      footer={<>You have an account? {signIn}</>}
    >
      <SignUpForm returnTo={returnTo} onSent={setSentTo} />
    </AuthFrame>
  );
}
