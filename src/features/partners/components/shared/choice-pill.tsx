import { Pill } from "@/shared/ui/pill";
import { Tag } from "@/shared/ui/tag";
import { choiceOf } from "../../hooks/use-choices";
import type { Choice } from "../../types";

interface ChoiceProps {
  choices: readonly Choice[];
  value: string | null;
  /** The dot says that this is a state and not a kind. */
  dot?: boolean;
}

/** A configured choice in its colour, or a dash where there is none. */
export function ChoicePill({ choices, value, dot = false }: ChoiceProps) {
  if (value === null) return <span className="text-ink-3">—</span>;
  const { label, colour } = choiceOf(choices, value);
  return (
    <Pill colour={colour} dot={dot}>
      {label}
    </Pill>
  );
}

export function ChoiceTag({ choices, value }: ChoiceProps) {
  if (value === null) return <span className="text-ink-3">—</span>;
  const { label, colour } = choiceOf(choices, value);
  return <Tag {...(colour && { colour })}>{label}</Tag>;
}
