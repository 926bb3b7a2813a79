import type { ReactNode } from "react";
import { type ColourName, tintedColours } from "./colour-names";

const tones = {
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
  accent: "bg-accent-soft text-accent-text",
  mute: "bg-mute-soft text-ink-2",
} as const;

type Tone = keyof typeof tones;

interface PillProps {
  tone?: Tone;
  /** The colour that somebody gave to what it says, instead of a tone. */
  colour?: ColourName | null;
  /** The dot says that this is a state and not a name. */
  dot?: boolean;
  children: ReactNode;
}

export function Pill({ tone = "mute", colour, dot = true, children }: PillProps) {
  return (
    <span
      className={`inline-flex h-5 max-w-full items-center gap-1.5 rounded-full px-2 text-[0.75rem] font-medium whitespace-nowrap ${colour ? tintedColours[colour] : tones[tone]}`}
    >
      {dot && <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-current" />}
      <span className="truncate">{children}</span>
    </span>
  );
}
