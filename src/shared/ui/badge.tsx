interface BadgeProps {
  count: number;
  /** From here on the number is only said to be larger. */
  most?: number;
  tone?: "mute" | "accent" | "bad";
  /** What is counted, for those who do not see where the number stands. */
  label?: string;
}

const tones = {
  mute: "bg-mute-soft text-ink-2",
  accent: "bg-accent text-accent-ink",
  bad: "bg-danger text-danger-ink",
} as const;

export function Badge({ count, most = 99, tone = "mute", label }: BadgeProps) {
  return (
    <span
      className={`inline-flex h-[1.125rem] min-w-[1.125rem] items-center justify-center rounded-full px-1 text-[0.6875rem] font-medium ${tones[tone]}`}
    >
      {count > most ? `${most}+` : count}
      {label && <span className="sr-only"> {label}</span>}
    </span>
  );
}
