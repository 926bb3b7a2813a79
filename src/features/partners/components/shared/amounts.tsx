import { useFormat } from "@/shared/lib/format/use-format";
import type { DealTotals } from "../../derived-metrics";

/** Amounts of several currencies one after the other: adding them up would say nothing. */
export function Amounts({ totals }: { totals: DealTotals }) {
  const format = useFormat();
  if (totals.amounts.length === 0) return <>—</>;
  return totals.amounts.map(({ currency, value }) => (
    <span
      key={currency}
      className="me-3 inline-block whitespace-nowrap last:me-0"
      title={format.money(value, currency)}
    >
      {format.number(value, { style: "currency", currency, notation: "compact", maximumFractionDigits: 2 })}
    </span>
  ));
}
