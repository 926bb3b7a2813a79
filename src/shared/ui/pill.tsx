import type { ReactNode } from "react";

const tones = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  mute: "bg-mute-soft text-ink-2",
} as const;

export function Pill({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return (
    <span
      className={`inline-flex h-5 items-center gap-1.5 rounded-full px-2 text-[12px] font-medium whitespace-nowrap ${tones[tone]}`}
    >
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {children}
    </span>
  );
}
