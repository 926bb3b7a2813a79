import { safeReturnTo } from "@/shared/lib/paths";
import { Navigate, useSearchParams } from "@/shared/lib/router";
import { Logo } from "@/shared/ui/logo";
import { SignInForm } from "../components/sign-in-form";
import { useCurrentUser } from "../hooks/use-current-user";

export function SignInPage() {
  const user = useCurrentUser();
  const [search] = useSearchParams();
  if (user) return <Navigate to={safeReturnTo(search)} replace />;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[400px] flex-col justify-center px-4 py-10">
      <title>Sign in · Partner workspace</title>
      <Logo className="mb-6 self-center text-[15px]" />
      <div className="rounded-card border border-line bg-surface p-6 shadow-low max-sm:p-5">
        <h1 className="mb-1">Sign in</h1>
        <p className="mb-5 text-ink-2">Partners, deals and commissions in one place.</p>
        <SignInForm />
      </div>
      <p className="mt-5 text-center text-ink-3">
        No account yet? Ask an administrator of your organization to invite you.
      </p>
    </main>
  );
}
