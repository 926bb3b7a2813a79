import { type ChartColour, chartColours } from "./chart-frame";

interface SparklineProps {
  values: readonly number[];
  /** Says in words what the line shows; the figure itself stands beside it. */
  label: string;
  colour?: ChartColour;
}

/** The course of a figure, small enough to stand beside it. Drawn here: the chart library is too large for so little. */
export function Sparkline({ values, label, colour = "accent" }: SparklineProps) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, index) => {
    const across = values.length > 1 ? (index / (values.length - 1)) * 116 : 58;
    const up = high > low ? (value - low) / (high - low) : 0.5;
    return `${(across + 2).toFixed(1)},${(26 - up * 24).toFixed(1)}`;
  });
  return (
    <svg role="img" aria-label={label} viewBox="0 0 120 28" preserveAspectRatio="none" className="h-7 w-30 max-w-full">
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke={chartColours[colour]}
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
