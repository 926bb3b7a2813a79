import type { ReactNode } from "react";
import { Card } from "@/shared/ui/card";
import { TextSkeleton } from "@/shared/ui/skeleton";
import type { StackStatus } from "../schemas";

const NOTHING = "—";
const labels = ["Answered in", "Migrations applied", "Jobs waiting"] as const;

export function Figures({ status: { status, answeredInMs, migrations, jobs } }: { status: StackStatus }) {
  const [answered, applied, waiting] = labels;
  return (
    <dl className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
      <Figure
        label={answered}
        value={duration(answeredInMs)}
        more={status === "ok" ? "To the database and back" : "Without the database"}
      />
      <Figure
        label={applied}
        value={migrations.applied?.toLocaleString() ?? NOTHING}
        more={migrations.latest ? readable(migrations.latest) : "Not known"}
      />
      <Figure label={waiting} value={jobs.waiting?.toLocaleString() ?? NOTHING} more={told(jobs.waiting)} />
    </dl>
  );
}

function duration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function told(waiting: number | null): string {
  if (waiting === null) return "Not known";
  return waiting > 0 ? "The scheduler will come to them" : "Nothing is late";
}

/** "20261121070200_create_stack_health" is "Latest: create stack health". */
function readable(migration: string): string {
  return `Latest: ${migration.replace(/^\d+_/, "").replaceAll("_", " ")}`;
}

function Figure({ label, value, more }: { label: string; value: ReactNode; more: ReactNode }) {
  return (
    <Card className="px-4 py-3 max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:items-center max-sm:gap-x-4">
      <dt className="text-xs text-ink-3 max-sm:text-sm">{label}</dt>
      <dd className="mt-0.5 text-[1.375rem] leading-7 font-[650] tracking-tight max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1 max-sm:mt-0">
        {value}
      </dd>
      <dd className="text-xs wrap-anywhere text-ink-2 max-sm:text-sm">{more}</dd>
    </Card>
  );
}

export function FiguresSkeleton() {
  return (
    <dl className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
      {labels.map((label) => (
        <Figure
          key={label}
          label={label}
          value={<TextSkeleton className="w-20" />}
          more={<TextSkeleton className="w-36" />}
        />
      ))}
    </dl>
  );
}
