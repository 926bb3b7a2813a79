import { usePageTitle } from "@/shared/lib/page-title";
import { safeReturnTo } from "@/shared/lib/paths";
import { Navigate, useSearchParams } from "@/shared/lib/router";
import { Logo } from "@/shared/ui/logo";
import { Notice } from "@/shared/ui/notice";
import { SignInForm } from "../components/sign-in-form";
import { useSession } from "../hooks/use-session";

export function SignInPage() {
  usePageTitle("Sign in");
  const { user, over } = useSession();
  const [search] = useSearchParams();
  if (user) return <Navigate to={safeReturnTo(search)} replace />;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[26rem] flex-col justify-center px-4 py-10">
      <Logo className="mb-6 self-center text-base" />
      <div className="rounded-card border border-line bg-surface p-6 shadow-low max-sm:p-5">
        <h1 className="mb-1">Sign in</h1>
        <p className="mb-5 text-ink-2">Partners, deals and commissions in one place.</p>
        {over === "ended" && (
          <div className="mb-4">
            <Notice tone="info">Your session has ended. Sign in again to go on where you were.</Notice>
          </div>
        )}
        <SignInForm />
      </div>
      <p className="mt-5 text-center text-balance text-ink-3">
        No account yet? Ask an administrator of your organization to invite you.
      </p>
    </main>
  );
}
