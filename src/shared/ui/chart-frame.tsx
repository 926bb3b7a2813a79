import { type ReactNode, useId } from "react";

/** Colours of charts by role, so that both themes have their own. */
export const chartColours = {
  accent: "var(--accent)",
  soft: "color-mix(in srgb, var(--accent) 45%, var(--surface))",
  good: "var(--good)",
  warn: "var(--warn)",
  bad: "var(--bad)",
  info: "var(--info)",
  mute: "var(--ink-3)",
} as const;

export type ChartColour = keyof typeof chartColours;

interface Series {
  key: string;
  label: string;
  colour: ChartColour;
}

export interface ChartRow {
  /** What stands below the mark: a month, a stage. */
  label: string;
  values: Readonly<Record<string, number>>;
}

export interface ChartProps {
  /** What is drawn, and what it shows, in a sentence. */
  label: string;
  rows: readonly ChartRow[];
  series: readonly Series[];
  /** How a figure is written. */
  format?: (value: number) => string;
  /** In rem. */
  height?: number;
}

export const writeNumber = (value: number) => value.toLocaleString();

interface ChartFrameProps extends Pick<ChartProps, "label" | "rows" | "series"> {
  format: (value: number) => string;
  height?: number;
  legend?: boolean;
  children: ReactNode;
}

/** A drawing for the eye, and the same figures as a table for everybody who does not see it. */
export function ChartFrame({
  label,
  rows,
  series,
  format,
  height,
  legend = series.length > 1,
  children,
}: ChartFrameProps) {
  const id = useId();
  return (
    <figure aria-labelledby={id} className="relative min-w-0">
      <figcaption id={id} className="sr-only">
        {label}
      </figcaption>
      <div aria-hidden="true" style={height ? { height: `${height}rem` } : undefined}>
        {children}
      </div>
      {legend && (
        <ul aria-hidden="true" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-small text-ink-2">
          {series.map(({ key, label: name, colour }) => (
            <li key={key} className="flex items-center gap-1.5">
              <span className="size-2 rounded-[2px]" style={{ background: chartColours[colour] }} />
              {name}
            </li>
          ))}
        </ul>
      )}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <td />
              {series.map(({ key, label: name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                {series.map(({ key }) => (
                  <td key={key}>{format(row.values[key] ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
