import { useId } from "react";

interface ProgressBarProps {
  label: string;
  /** From 0 to 1; null while it is not known. */
  value: number | null;
  /** Such as "1,200 of 4,000 rows"; otherwise the per cent. */
  note?: string;
  tone?: "accent" | "good" | "bad";
}

const tones = { accent: "bg-accent", good: "bg-good", bad: "bg-bad" } as const;

/** For anything that takes more than a second. */
export function ProgressBar({ label, value, note, tone = "accent" }: ProgressBarProps) {
  const labelId = useId();
  const written = note ?? (value === null ? "Under way" : `${Math.floor(value * 100)} %`);
  return (
    <div
      role="progressbar"
      aria-labelledby={labelId}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : value * 100}
      aria-valuetext={written}
      className="w-full space-y-1"
    >
      <div className="flex items-baseline justify-between gap-3">
        <span id={labelId} className="min-w-0 truncate font-medium">
          {label}
        </span>
        <span className="shrink-0 text-small text-ink-2">{written}</span>
      </div>
      <div className="h-1.5 overflow-hidden rounded-full bg-mute-soft">
        <div
          className={`h-full rounded-full ${tones[tone]} ${value === null ? "w-1/3 animate-pulse" : "transition-all duration-100"}`}
          style={value === null ? undefined : { width: `${value * 100}%` }}
        />
      </div>
    </div>
  );
}
