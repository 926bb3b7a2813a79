import { usePageTitle } from "@/shared/lib/page-title";
import { paths, safeReturnTo, signInPath } from "@/shared/lib/paths";
import { type LoaderFunctionArgs, Navigate, useLoaderData, useSearchParams } from "@/shared/lib/router";
import { Notice } from "@/shared/ui/notice";
import { AuthFrame } from "../components/auth-frame";
import { ResendConfirmation } from "../components/resend-confirmation";
import { TextLink } from "../components/text-link";
import { followMailLink } from "../hooks/follow-mail-link";
import type { LinkOutcome } from "../types";

/** A link works once: it is followed when the address is opened, and not each time the page is drawn. */
export const confirmLoader = ({ request }: LoaderFunctionArgs): Promise<LinkOutcome> => followMailLink(request.url);

export function ConfirmPage() {
  usePageTitle("Confirm");
  const outcome = useLoaderData<LinkOutcome>();
  const [search] = useSearchParams();
  const returnTo = safeReturnTo(search);
  const { kind, state } = outcome;
  if (state === "signed-in") return <Navigate to={kind === "recovery" ? paths.resetPassword : returnTo} replace />;
  if (state === "changed") return <Navigate to={`${paths.settingsSecurity}?changed=email`} replace />;
  if (state === "half-way")
    return (
      <AuthFrame
        title="One of two is confirmed"
        lead="We sent a mail to your old and to your new address. Now open the link in the other one: your address changes when both are confirmed."
      >
        <TextLink to={paths.settingsSecurity}>Go to your settings</TextLink>
      </AuthFrame>
    );
  if (state === "sign-in")
    return (
      <AuthFrame
        title={kind === "email_change" ? "Your address is changed" : "Your address is confirmed"}
        lead={kind === "email_change" ? "From now on, sign in with the new one." : "Sign in to go on."}
      >
        <TextLink to={signInPath(returnTo)}>Sign in</TextLink>
      </AuthFrame>
    );
  return (
    <AuthFrame title={failedTitles[kind]} footer={<TextLink to={signInPath(returnTo)}>Sign in</TextLink>}>
      <div className="space-y-4">
        <Notice>{outcome.state === "failed" ? outcome.message : "This link could not be followed."}</Notice>
        {kind === "signup" && <ResendConfirmation returnTo={returnTo} />}
        {kind === "recovery" && <TextLink to={paths.forgotPassword}>Ask for a new link</TextLink>}
        {kind === "email_change" && <TextLink to={paths.settingsSecurity}>Go to your settings</TextLink>}
      </div>
    </AuthFrame>
  );
}

const failedTitles = {
  signup: "Your address could not be confirmed",
  recovery: "This link does not work any more",
  email_change: "Your address could not be changed",
} as const;
