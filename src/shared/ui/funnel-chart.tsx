import { writeNumber } from "./chart-frame";

interface FunnelChartProps {
  label: string;
  stages: readonly { label: string; value: number }[];
  format?: (value: number) => string;
}

/** How many are left from stage to stage: bars that are read from above, with their figures. */
export function FunnelChart({ label, stages, format = writeNumber }: FunnelChartProps) {
  const most = Math.max(...stages.map(({ value }) => value), 1);
  return (
    <ul aria-label={label} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-2">
      {stages.map((stage, index) => (
        <li key={stage.label} className="col-span-3 grid grid-cols-subgrid items-center">
          <span className="max-w-32 truncate">{stage.label}</span>
          <span
            aria-hidden="true"
            className="h-4.5 min-w-0.5 rounded-[4px] bg-accent"
            style={{ width: `${(stage.value / most) * 100}%`, opacity: Math.max(0.45, 1 - index * 0.16) }}
          />
          <span className="text-end font-semibold">{format(stage.value)}</span>
        </li>
      ))}
    </ul>
  );
}
