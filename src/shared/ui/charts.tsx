import { lazy, type ReactNode, Suspense } from "react";
import { ChartFrame, type ChartProps, writeNumber } from "./chart-frame";
import { Skeleton } from "./skeleton";

// The chart library is large and nothing of it is needed before a chart is.
const load = () => import("./chart-drawings");
const LineDrawing = lazy(async () => ({ default: (await load()).LineDrawing }));
const BarDrawing = lazy(async () => ({ default: (await load()).BarDrawing }));
const DonutDrawing = lazy(async () => ({ default: (await load()).DonutDrawing }));

const HEIGHT = 12;

export function LineChart({ format = writeNumber, height = HEIGHT, ...chart }: ChartProps) {
  return (
    <ChartFrame {...chart} format={format} height={height}>
      <OnceLoaded>
        <LineDrawing {...chart} format={format} />
      </OnceLoaded>
    </ChartFrame>
  );
}

/** Bars beside each other, or upon each other where they are parts of one sum. */
export function BarChart({
  format = writeNumber,
  height = HEIGHT,
  stacked = false,
  ...chart
}: ChartProps & { stacked?: boolean }) {
  return (
    <ChartFrame {...chart} format={format} height={height}>
      <OnceLoaded>
        <BarDrawing {...chart} format={format} stacked={stacked} />
      </OnceLoaded>
    </ChartFrame>
  );
}

interface DonutChartProps extends Omit<ChartProps, "rows"> {
  values: Readonly<Record<string, number>>;
  /** The figure in the middle. */
  middle: string;
}

/** Parts of a whole, six at most. */
export function DonutChart({ label, values, series, middle, format = writeNumber, height = 9 }: DonutChartProps) {
  const rows = [{ label: "Value", values }];
  return (
    <ChartFrame {...{ label, rows, series, format }}>
      <div className="relative mx-auto aspect-square" style={{ height: `${height}rem` }}>
        <OnceLoaded>
          <DonutDrawing {...{ rows, series, format }} />
        </OnceLoaded>
        <span className="pointer-events-none absolute inset-0 grid place-items-center text-lg font-semibold">
          {middle}
        </span>
      </div>
    </ChartFrame>
  );
}

function OnceLoaded({ children }: { children: ReactNode }) {
  return <Suspense fallback={<Skeleton className="size-full" />}>{children}</Suspense>;
}
