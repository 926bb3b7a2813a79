import type { ReactNode } from "react";
import type { LucideIcon } from "./icons";

interface EmptyStateProps {
  Icon?: LucideIcon;
  title: string;
  /** What will stand here, and what it is good for. */
  children: ReactNode;
  /** The first thing to do, if the person may do it. */
  action?: ReactNode;
}

export function EmptyState({ Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      {Icon && (
        <span aria-hidden="true" className="mb-2 grid size-10 place-items-center rounded-card bg-accent-soft">
          <Icon className="size-5 text-accent-text" />
        </span>
      )}
      <h2>{title}</h2>
      <div className="max-w-md text-ink-2">{children}</div>
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
