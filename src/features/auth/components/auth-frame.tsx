import type { ReactNode } from "react";
import { Logo } from "@/shared/ui/logo";

interface AuthFrameProps {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  children: ReactNode;
  /** Below the card: the way to another page. */
  footer?: ReactNode;
}

/** What every page outside the shell stands in. */
export function AuthFrame({ title, lead, children, footer }: AuthFrameProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[26rem] flex-col justify-center px-4 py-10">
      <Logo className="mb-6 self-center text-base" />
      <div className="rounded-card border border-line bg-surface p-6 shadow-low max-sm:p-5">
        <h1 className={lead ? "mb-1" : "mb-4"}>{title}</h1>
        {lead && <p className="mb-5 text-ink-2 wrap-anywhere">{lead}</p>}
        {children}
      </div>
      {footer && <p className="mt-5 text-center text-balance text-ink-2">{footer}</p>}
    </main>
  );
}
