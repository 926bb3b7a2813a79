import { formatDistanceStrict } from "date-fns";
import { Button } from "@/shared/ui/button";
import { RefreshCw } from "@/shared/ui/icons";
import { Pill } from "@/shared/ui/pill";
import { Skeleton, TextSkeleton } from "@/shared/ui/skeleton";
import { useNow } from "../hooks/use-now";
import type { StackStatus } from "../schemas";

const TICK_MS = 1000;

interface StatusBarProps {
  /** Not known when the last check failed, or none has come back yet. */
  status: StackStatus["status"] | undefined;
  /** 0 before the first answer. */
  checkedAt: number;
  isChecking: boolean;
  check: () => void;
}

export function StatusBar({ status, checkedAt, isChecking, check }: StatusBarProps) {
  return (
    <div className="flex flex-1 items-center gap-3 max-sm:basis-full">
      {checkedAt === 0 && <Skeleton className="h-5 w-18 rounded-full" />}
      {status === "ok" && <Pill tone="good">All well</Pill>}
      {status === "degraded" && <Pill tone="warn">Database slow to answer</Pill>}
      <span className="flex-1" />
      {checkedAt === 0 ? <TextSkeleton className="w-36" /> : <CheckedAt at={checkedAt} />}
      <Button onClick={check} busy={isChecking}>
        {!isChecking && <RefreshCw aria-hidden="true" className="size-3.5" />}
        <span className="max-sm:sr-only">Check again</span>
      </Button>
    </div>
  );
}

function CheckedAt({ at }: { at: number }) {
  const now = Math.max(at, useNow(TICK_MS));
  const checked = new Date(at);
  return (
    <time
      dateTime={checked.toISOString()}
      title={checked.toLocaleString()}
      className="text-end text-ink-3 max-sm:text-small max-sm:whitespace-nowrap"
    >
      Checked {now - at < TICK_MS ? "just now" : formatDistanceStrict(checked, now, { addSuffix: true })}
    </time>
  );
}
