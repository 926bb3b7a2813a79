import type { ReactNode } from "react";
import { Card } from "@/shared/ui/card";

/** One part of the design system: its name, what it is for, and its states. */
export function Section({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const id = title.toLowerCase().replaceAll(/[^a-z]+/g, "-");
  return (
    <section aria-labelledby={id} className="scroll-mt-16 space-y-3">
      <div>
        <h2 id={id}>{title}</h2>
        <p className="max-w-2xl text-ink-2">{about}</p>
      </div>
      <Card className="divide-y divide-line">{children}</Card>
    </section>
  );
}

/** A row of one component in its states. */
export function States({ of, children }: { of: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-3 p-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <p className="text-small leading-5 text-ink-3">{of}</p>
      <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}

/** The same for fields, which want columns. */
export function FieldStates({ of, children }: { of: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-3 p-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <p className="text-small leading-5 text-ink-3">{of}</p>
      <div className="grid min-w-0 grid-cols-1 items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
    </div>
  );
}
