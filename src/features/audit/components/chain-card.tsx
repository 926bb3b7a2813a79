import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocale } from "@/shared/lib/locale";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { ShieldCheck, TriangleAlert } from "@/shared/ui/icons";
import { Pill } from "@/shared/ui/pill";
import { ProgressBar } from "@/shared/ui/progress-bar";
import { TextSkeleton } from "@/shared/ui/skeleton";
import { useVerification } from "../hooks/use-verification";
import { chainStateQuery } from "../queries";
import type { ChainState, ChainVerdict } from "../types";

/** Whether the log can be trusted: how far it is sealed, and a button that proves it. */
export function ChainCard({ organizationId }: { organizationId: string }) {
  const { data: chain, error } = useQuery(chainStateQuery(organizationId));
  const { progress, verdict, problem, verify } = useVerification(organizationId);
  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-3">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-card bg-accent-soft text-accent-text"
      >
        {verdict && !verdict.ok ? <TriangleAlert className="size-5 text-bad" /> : <ShieldCheck className="size-5" />}
      </span>
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="text-sm font-semibold">Hash chain</h2>
          <span role="status">{verdict && <VerdictPill verdict={verdict} />}</span>
        </div>
        <Facts chain={chain} error={error} verdict={verdict} problem={problem} />
        {progress !== null && (
          <div className="mt-2 max-w-md">
            <ProgressBar label="Verifying" value={progress} />
          </div>
        )}
      </div>
      <Button onClick={verify} busy={progress !== null}>
        Verify now
      </Button>
    </Card>
  );
}

function VerdictPill({ verdict }: { verdict: ChainVerdict }) {
  return verdict.ok ? <Pill tone="good">Verified just now</Pill> : <Pill tone="bad">Does not fit</Pill>;
}

interface FactsProps {
  chain: ChainState | undefined;
  error: Error | null;
  verdict: ChainVerdict | null;
  problem: string | null;
}

function Facts({ chain, error, verdict, problem }: FactsProps): ReactNode {
  const locale = useLocale();
  const number = (value: number) => value.toLocaleString(locale);
  if (problem) return <p className="text-bad">{problem}</p>;
  if (verdict && !verdict.ok)
    return (
      <p className="text-bad">
        {reasonInWords(verdict, number)} Everything before it is right. Tell whoever runs the platform, and change
        nothing until they have looked.
      </p>
    );
  if (!chain && error) return <p className="text-bad">{error.message}</p>;
  // Three lines on a phone, as the sentences will be.
  if (!chain)
    return (
      <>
        <TextSkeleton className="w-64" />
        <TextSkeleton className="w-60 sm:hidden" />
        <TextSkeleton className="w-40 sm:hidden" />
      </>
    );
  const waiting = chain.unsealed === 0 ? "none waiting" : `${number(chain.unsealed)} waiting to be sealed`;
  return (
    <p className="text-ink-2">
      <span className="max-sm:block">
        {number(chain.head)} events sealed, {waiting}.
      </span>{" "}
      <span className="max-sm:block">
        {chain.anchored > 0
          ? `Up to number ${number(chain.anchored)} the chain is also kept outside the database.`
          : "Nothing of it is kept outside the database yet."}
      </span>
    </p>
  );
}

const reasons: Record<string, string> = {
  "seal missing": "A part of the chain is missing",
  "seal altered": "A seal of the chain was altered",
  "row missing": "An event was deleted",
  "row altered": "An event was altered",
  "payload changed": "The values of an event were altered",
  "row inserted": "An event was added past the log's own way",
  "anchor differs": "The chain is not the one that was kept outside",
};

function reasonInWords(verdict: ChainVerdict, number: (value: number) => string): string {
  const what = reasons[verdict.reason ?? ""] ?? "The log was altered";
  const place =
    verdict.badSequence !== null
      ? `at number ${number(verdict.badSequence)} of the chain`
      : verdict.badEvent !== null
        ? `(event ${number(verdict.badEvent)})`
        : "";
  return `${what} ${place}.`;
}
