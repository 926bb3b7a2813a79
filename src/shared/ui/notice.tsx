import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What went wrong and what to do, read out as soon as it appears. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="flex gap-2 rounded-control bg-bad-soft px-3 py-2 text-bad">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
