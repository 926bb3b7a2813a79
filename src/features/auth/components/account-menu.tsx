import { useId } from "react";
import { Button } from "@/shared/ui/button";
import { LogOut } from "@/shared/ui/icons";
import { ThemeChoice } from "@/shared/ui/theme-choice";
import { useSession } from "../hooks/use-session";
import { useSignOut } from "../hooks/use-sign-out";

export function AccountMenu() {
  const { user } = useSession();
  const { signOut, isPending } = useSignOut();
  const id = useId();
  if (!user) return null;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className="-me-1.5 grid size-control place-items-center rounded-full sm:-me-0.5"
      >
        <span
          aria-hidden="true"
          className="grid size-7 place-items-center rounded-full bg-accent text-[0.6875rem] font-semibold text-accent-ink max-sm:size-8"
        >
          {initialsOf(user.email)}
        </span>
        <span className="sr-only">Account</span>
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto end-4 top-14 m-0 max-sm:top-16 w-72 max-w-[calc(100vw-2rem)] space-y-3 rounded-card border border-line bg-raised p-3 text-ink shadow-high"
      >
        <div>
          <p className="text-[12px] text-ink-3">Signed in as</p>
          <p dir="auto" className="font-medium wrap-anywhere">
            {user.email}
          </p>
        </div>
        <ThemeChoice />
        <Button className="w-full" onClick={signOut} busy={isPending}>
          <LogOut aria-hidden="true" className="size-4" />
          Sign out
        </Button>
      </div>
    </>
  );
}

/** "anna.lindqvist@…" is AL, "admin@…" is AD. */
function initialsOf(email: string): string {
  const [first = "", second] = (email.split("@")[0] ?? "").split(/[._-]+/);
  return ((second ? (first[0] ?? "") + (second[0] ?? "") : first.slice(0, 2)) || "?").toUpperCase();
}
