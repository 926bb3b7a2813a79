import { formatDistanceStrict } from "date-fns";
import { RefreshCw } from "lucide-react";
import { Button } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/error-state";
import { Notice } from "@/shared/ui/notice";
import { Pill } from "@/shared/ui/pill";
import { Skeleton } from "@/shared/ui/skeleton";
import { useNow } from "../hooks/use-now";
import { useStackStatus } from "../hooks/use-stack-status";
import type { StackStatus } from "../schemas";

const TICK_MS = 1000;

export function StatusCard() {
  const { data, error, isFetching, refresh } = useStackStatus();
  return (
    <section aria-label="State of the backend" className="rounded-card border border-line bg-surface shadow-low">
      <header className="flex min-h-12 items-center gap-2 border-b border-line ps-4 pe-2">
        <h2>Backend</h2>
        {data && !error && <StatusPill status={data.status} />}
        <span className="flex-1" />
        {data && <CheckedAt at={data.checkedAt} />}
        <Button look="quiet" onClick={refresh} aria-label="Check again" className="size-control px-0">
          <RefreshCw aria-hidden="true" className={`size-4 ${isFetching ? "animate-spin" : ""}`} />
        </Button>
      </header>
      {data && error && (
        <div className="px-4 pt-4">
          <Notice>{error.message} What stands below is the last answer.</Notice>
        </div>
      )}
      {data ? (
        <Facts status={data} />
      ) : error ? (
        <ErrorState title="The backend did not answer" message={error.message} retry={refresh} busy={isFetching} />
      ) : (
        <FactsSkeleton />
      )}
    </section>
  );
}

function StatusPill({ status }: { status: StackStatus["status"] }) {
  return status === "ok" ? <Pill tone="good">All well</Pill> : <Pill tone="warn">Database slow to answer</Pill>;
}

function CheckedAt({ at }: { at: string }) {
  const now = useNow(TICK_MS);
  const checked = new Date(at);
  // The server's clock may be a little ahead of this one.
  const shown = new Date(Math.min(checked.getTime(), now));
  return (
    <time dateTime={at} title={checked.toLocaleString()} className="text-[12px] text-ink-3 max-sm:hidden">
      Checked {formatDistanceStrict(shown, now, { addSuffix: true })}
    </time>
  );
}

const NOTHING = "—";

function factsOf({ versions, migrations, jobs }: StackStatus) {
  return [
    {
      label: "Database",
      value: versions.database ? `Postgres ${versions.database}` : NOTHING,
      more: "Data API and Auth",
    },
    { label: "Edge Functions", value: `Deno ${versions.runtime}`, more: "Answered this check" },
    {
      label: "Migrations",
      value: migrations.applied === null ? NOTHING : String(migrations.applied),
      more: migrations.latest ? readable(migrations.latest) : "None applied yet",
    },
    {
      label: "Jobs waiting",
      value: jobs.waiting === null ? NOTHING : String(jobs.waiting),
      more: jobs.waiting ? "The scheduler will come to them" : "Nothing is late",
    },
  ];
}

/** "20261121070200_create_stack_health" is "Latest: create stack health". */
function readable(migration: string): string {
  return `Latest: ${migration.replace(/^\d+_/, "").replaceAll("_", " ")}`;
}

function Facts({ status }: { status: StackStatus }) {
  return (
    <dl className="grid grid-cols-4 max-lg:grid-cols-2 max-sm:grid-cols-1">
      {factsOf(status).map(({ label, value, more }) => (
        <div key={label} className="border-line p-4 max-sm:not-last:border-b lg:not-last:border-e">
          <dt className="text-ink-3">{label}</dt>
          <dd className="mt-1 text-[20px] leading-7 font-semibold tracking-tight">{value}</dd>
          <dd className="mt-0.5 text-ink-2">{more}</dd>
        </div>
      ))}
    </dl>
  );
}

function FactsSkeleton() {
  return (
    <div className="grid grid-cols-4 max-lg:grid-cols-2 max-sm:grid-cols-1">
      <p className="sr-only" role="status">
        Asking the backend how it is.
      </p>
      {["Database", "Edge Functions", "Migrations", "Jobs waiting"].map((label) => (
        <div key={label} className="border-line p-4 max-sm:not-last:border-b lg:not-last:border-e">
          <p className="text-ink-3">{label}</p>
          <Skeleton className="mt-2 h-6 w-28" />
          <Skeleton className="mt-2 h-4 w-36" />
        </div>
      ))}
    </div>
  );
}
