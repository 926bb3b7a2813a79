import { formatDistanceStrict } from "date-fns";
import { useNow } from "../hooks/use-now";

const TICK_MS = 1000;

export function CheckedAt({ at }: { at: number }) {
  const now = Math.max(at, useNow(TICK_MS));
  const checked = new Date(at);
  return (
    <time dateTime={checked.toISOString()} title={checked.toLocaleString()} className="text-ink-3">
      Checked {now - at < TICK_MS ? "just now" : formatDistanceStrict(checked, now, { addSuffix: true })}
    </time>
  );
}
