import { usePageTitle } from "@/shared/lib/page-title";
import { paths, safeReturnTo, withReturnTo } from "@/shared/lib/paths";
import { Navigate, useSearchParams } from "@/shared/lib/router";
import { Notice } from "@/shared/ui/notice";
import { AuthFrame } from "../components/auth-frame";
import { SignInForm } from "../components/sign-in-form";
import { TextLink } from "../components/text-link";
import { useSession } from "../hooks/use-session";

export function SignInPage() {
  usePageTitle("Sign in");
  const { user, over } = useSession();
  const [search] = useSearchParams();
  const returnTo = safeReturnTo(search);
  if (user) return <Navigate to={returnTo} replace />;
  return (
    <AuthFrame
      title="Sign in"
      lead="Partners, deals and commissions in one place."
      footer={
        <>
          New here? <TextLink to={withReturnTo(paths.signUp, returnTo)}>Create an account</TextLink>
        </>
      }
    >
      {over === "ended" && (
        <div className="mb-4">
          <Notice tone="info">Your session has ended. Sign in again to go on where you were.</Notice>
        </div>
      )}
      <SignInForm />
      <p className="mt-4 text-center">
        <TextLink to={paths.forgotPassword}>Forgot your password?</TextLink>
      </p>
    </AuthFrame>
  );
}
