import type { ReactNode } from "react";
import { useFormat } from "@/shared/lib/format/use-format";
import { Card } from "@/shared/ui/card";
import { TextSkeleton } from "@/shared/ui/skeleton";
import type { usePartnersDirectory } from "../../hooks/use-partners-directory";
import { Amounts } from "../shared/amounts";

interface DirectoryFiguresProps extends Pick<ReturnType<typeof usePartnersDirectory>, "summary" | "summaryError"> {
  seesDeals: boolean;
  seesReferrals: boolean;
}

/** What the directory comes to, as far as this person may see it. */
export function DirectoryFigures({ summary, summaryError, seesDeals, seesReferrals }: DirectoryFiguresProps) {
  const format = useFormat();
  const waiting = summaryError ? "—" : <TextSkeleton className="w-16" />;
  const deals = summary?.pipeline?.deals ?? 0;
  return (
    <Card>
      <dl className="flex max-sm:grid max-sm:grid-cols-2">
        <Figure label="Active partners" note={summary && `of ${format.number(summary.all)} in the directory`}>
          {summary ? format.number(summary.active) : waiting}
        </Figure>
        {seesReferrals && (
          <Figure label="Open referrals" note={summary && "not decided yet"}>
            {summary ? format.number(summary.openReferrals ?? 0) : waiting}
          </Figure>
        )}
        {seesDeals && (
          <Figure
            label="Open pipeline"
            note={summary && (deals === 1 ? "1 open deal" : `${format.number(deals)} open deals`)}
            isWide
          >
            {summary?.pipeline ? <Amounts totals={summary.pipeline} /> : waiting}
          </Figure>
        )}
      </dl>
    </Card>
  );
}

interface FigureProps {
  label: string;
  note: string | undefined;
  /** Amounts of several currencies need room; on a phone the whole line. */
  isWide?: boolean;
  children: ReactNode;
}

function Figure({ label, note, isWide = false, children }: FigureProps) {
  return (
    <div
      className={`min-w-0 border-line px-4 py-3 sm:not-first:border-s max-sm:py-2.5 ${isWide ? "flex-2 max-sm:col-span-2 max-sm:border-t" : "flex-1 max-sm:even:border-s"}`}
    >
      <dt className="text-small text-ink-2">{label}</dt>
      <dd>
        <span className="block text-xl leading-8 font-semibold tracking-tight max-sm:text-lg max-sm:leading-7">
          {children}
        </span>
        <span className="block min-h-[1lh] text-small text-ink-2">{note}</span>
      </dd>
    </div>
  );
}
