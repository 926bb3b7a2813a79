import type { ReactNode } from "react";
import { Card } from "@/shared/ui/card";
import { Braces, Database, type LucideIcon, Zap } from "@/shared/ui/icons";
import { Pill } from "@/shared/ui/pill";
import { Skeleton, TextSkeleton } from "@/shared/ui/skeleton";
import type { StackStatus } from "../schemas";

interface Part {
  name: string;
  duty: string;
  Icon: LucideIcon;
}

const functions: Part = { name: "Edge Functions", duty: "Work on the server, in your name", Icon: Zap };
const dataApi: Part = { name: "Data API", duty: "Every read and write, checked row by row", Icon: Braces };
const database: Part = { name: "Database", duty: "Where everything is kept and decided", Icon: Database };

/** The check goes through all of them in this order, so its answer tells how far it came. */
export function Parts({ status: { versions } }: { status: StackStatus }) {
  const reached = versions.database !== null;
  return (
    <PartsCard release={`Release ${versions.product}`}>
      <PartRow part={functions} version={`Deno ${versions.runtime}`} state={<State answers />} />
      <PartRow part={dataApi} state={<State answers={reached} />} />
      <PartRow
        part={database}
        version={reached ? `Postgres ${versions.database}` : "—"}
        state={<State answers={reached} />}
      />
    </PartsCard>
  );
}

export function PartsSkeleton() {
  const version = <TextSkeleton className="w-20" />;
  const state = <Skeleton className="h-5 w-20 rounded-full" />;
  return (
    <PartsCard release={<TextSkeleton className="w-20" />}>
      <PartRow part={functions} version={version} state={state} />
      <PartRow part={dataApi} state={state} />
      <PartRow part={database} version={version} state={state} />
    </PartsCard>
  );
}

function State({ answers }: { answers: boolean }) {
  return answers ? <Pill tone="good">Answers</Pill> : <Pill tone="warn">No answer</Pill>;
}

function PartsCard({ release, children }: { release: ReactNode; children: ReactNode }) {
  return (
    <Card>
      <div className="flex items-center justify-between gap-3 px-4 pt-3 pb-2">
        <h2>What was checked</h2>
        <span className="shrink-0 text-ink-3">{release}</span>
      </div>
      <ul>{children}</ul>
    </Card>
  );
}

function PartRow({
  part: { name, duty, Icon },
  version,
  state,
}: {
  part: Part;
  version?: ReactNode;
  state: ReactNode;
}) {
  return (
    <li className="flex min-h-11 items-center gap-3 border-t border-line px-4 py-2">
      <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1 gap-2 sm:flex">
        <span className="block font-medium">{name}</span>
        <span className="flex-1 text-ink-3 max-sm:hidden">{duty}</span>
        <span className="block text-ink-2">{version}</span>
      </span>
      <span className="flex w-24 shrink-0 justify-end">{state}</span>
    </li>
  );
}
