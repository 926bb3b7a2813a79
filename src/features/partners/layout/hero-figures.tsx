import { useFormat } from "@/shared/lib/format/use-format";
import { Amounts } from "../components/shared/amounts";
import type { PartnerMetrics } from "../hooks/use-partner-workspace";
import type { HeroFigure } from "./partner-hero";

/** What the hero says of a partner: only what this person may see. */
export function useHeroFigures(metrics: PartnerMetrics | undefined): HeroFigure[] {
  const format = useFormat();
  if (!metrics) return [];
  const { pipeline, won, winRate, decided, referrals, tasks } = metrics;
  const figures: (HeroFigure | null)[] = [
    pipeline && { label: "Open pipeline", value: <Amounts totals={pipeline} />, note: dealsIn(pipeline.deals) },
    won && { notOnPhone: true, label: "Won", value: <Amounts totals={won} />, note: dealsIn(won.deals) },
    referrals && {
      label: "Win rate",
      value: winRate === null ? "—" : format.percent(winRate),
      note: decided > 0 ? `of ${format.number(decided)} decided` : "none decided",
    },
    referrals && { notOnPhone: true, label: "Open referrals", value: format.number(referrals.open) },
    tasks && {
      label: "Open tasks",
      value: format.number(tasks.open),
      note: tasks.overdue > 0 && <span className="text-[#fde68a]">{format.number(tasks.overdue)} late</span>,
    },
  ];
  return figures.filter((figure) => figure !== null);

  function dealsIn(count: number) {
    return count > 0 && (count === 1 ? "1 deal" : `${format.number(count)} deals`);
  }
}
