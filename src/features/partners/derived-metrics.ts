// What follows from the database's figures, without computing an amount.
import type { DealFigure, PartnerFigures } from "./types";

export interface DealTotals {
  deals: number;
  /** One for each currency: they are never added up. */
  amounts: { currency: string; value: string }[];
}

export interface DerivedMetrics {
  pipeline: DealTotals | null;
  won: DealTotals | null;
  /** Of the decided referrals, the part that was won; null while none is decided. */
  winRate: number | null;
  decided: number;
}

export function totalsOf(figures: readonly DealFigure[] | null): DealTotals | null {
  return (
    figures && {
      deals: figures.reduce((sum, { deals }) => sum + deals, 0),
      amounts: figures.flatMap(({ currency, value }) => (currency && value !== null ? [{ currency, value }] : [])),
    }
  );
}

export function derivedFrom({ pipeline, won, referrals }: PartnerFigures): DerivedMetrics {
  const decided = referrals ? referrals.won + referrals.lost : 0;
  return {
    pipeline: totalsOf(pipeline),
    won: totalsOf(won),
    winRate: referrals && decided > 0 ? referrals.won / decided : null,
    decided,
  };
}
