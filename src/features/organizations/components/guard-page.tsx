import type { ReactNode } from "react";
import type { LucideIcon } from "@/shared/ui/icons";

interface GuardPageProps {
  Icon: LucideIcon;
  title: string;
  children: ReactNode;
}

/** Stands where a page would be, and says why it is not shown. */
export function GuardPage({ Icon, title, children }: GuardPageProps) {
  return (
    <div className="mx-auto max-w-lg py-16 text-center text-ink-2 max-sm:py-10">
      <span className="mx-auto mb-4 grid size-11 place-items-center rounded-full bg-mute-soft text-ink-2">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <h1 className="mb-2 wrap-anywhere text-ink">{title}</h1>
      {children}
    </div>
  );
}
