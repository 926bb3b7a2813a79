import type { ReactNode } from "react";
import { useSession, useSignOut } from "@/features/auth";
import { Button } from "@/shared/ui/button";
import { LogOut } from "@/shared/ui/icons";
import { Logo } from "@/shared/ui/logo";

/** A page for somebody who is signed in and stands outside of every organization. */
export function OutsidePage({ back, children }: { back?: ReactNode; children: ReactNode }) {
  const { user } = useSession();
  const { signOut, isPending } = useSignOut();
  return (
    <>
      <header className="flex items-center gap-3 px-5 py-3 max-sm:px-4">
        <Logo />
        <span className="flex-1" />
        {back}
      </header>
      <main className="mx-auto w-full max-w-xl px-5 pt-10 pb-16 max-sm:px-4 max-sm:pt-4">
        {children}
        <p className="mt-8 flex flex-wrap items-center justify-center gap-x-3 gap-y-2 text-ink-3">
          <span className="wrap-anywhere">
            Signed in as <bdi className="text-ink-2">{user?.email}</bdi>
          </span>
          <Button look="quiet" onClick={signOut} busy={isPending}>
            <LogOut aria-hidden="true" className="size-4" />
            Sign out
          </Button>
        </p>
      </main>
    </>
  );
}
