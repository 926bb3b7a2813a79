import type { ColourName } from "@/shared/ui/colour-names";
import { levelOf, useChoices } from "../../hooks/use-choices";

const strokes: Record<ColourName, string> = {
  violet: "stroke-violet",
  teal: "stroke-teal",
  amber: "stroke-amber",
  rose: "stroke-rose",
  sky: "stroke-sky",
  green: "stroke-green",
  orange: "stroke-orange",
  slate: "stroke-slate",
};

const ROUND = 2 * Math.PI * 7;

/** How the relationship stands, as a ring that fills up and the number beside it. */
export function Health({ value }: { value: number }) {
  const { healthLevels } = useChoices();
  const level = levelOf(healthLevels, value);
  return (
    <span className="flex w-fit items-center gap-2" title={level?.label}>
      <svg aria-hidden="true" viewBox="0 0 18 18" className="size-4 shrink-0 -rotate-90">
        <circle cx="9" cy="9" r="7" className="fill-none stroke-mute-soft stroke-3" />
        <circle
          cx="9"
          cy="9"
          r="7"
          strokeDasharray={`${(value / 100) * ROUND} ${ROUND}`}
          className={`fill-none stroke-3 ${strokes[level?.colour ?? "slate"]}`}
        />
      </svg>
      {value}
      {level && <span className="sr-only">, {level.label}</span>}
    </span>
  );
}
