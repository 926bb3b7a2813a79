// What needs the chart library. Never imported directly: charts.tsx brings it when a chart is drawn.
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  Pie,
  PieChart,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { type ChartProps, chartColours } from "./chart-frame";

type DrawingProps = Required<Pick<ChartProps, "rows" | "series" | "format">>;

const tick = { fill: "var(--ink-3)", fontSize: 12 } as const;
const margin = { top: 8, right: 4, bottom: 0, left: 0 } as const;
const plain = { axisLine: false, tickLine: false, tick } as const;
const still = { isAnimationActive: false } as const;

const flat = ({ rows }: Pick<ChartProps, "rows">) => rows.map(({ label, values }) => ({ label, ...values }));

export function LineDrawing({ rows, series, format }: DrawingProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={flat({ rows })} margin={margin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" {...plain} minTickGap={16} />
        <YAxis {...plain} width="auto" tickFormatter={format} />
        <Tooltip
          {...still}
          content={(props) => <Tip {...props} format={format} />}
          cursor={{ stroke: "var(--line-strong)" }}
        />
        {series.map(({ key, label, colour }) => (
          <Line
            key={key}
            dataKey={key}
            name={label}
            stroke={chartColours[colour]}
            strokeWidth={2}
            dot={false}
            {...still}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

export function BarDrawing({ rows, series, format, stacked }: DrawingProps & { stacked: boolean }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={flat({ rows })} margin={margin} barGap={2} barCategoryGap="18%" accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" {...plain} minTickGap={8} />
        <YAxis {...plain} width="auto" tickFormatter={format} />
        <Tooltip {...still} content={(props) => <Tip {...props} format={format} />} cursor={{ fill: "var(--hover)" }} />
        {series.map(({ key, label, colour }) => (
          <Bar
            key={key}
            dataKey={key}
            name={label}
            fill={chartColours[colour]}
            stroke="var(--surface)"
            strokeWidth={stacked ? 1 : 0}
            radius={3}
            {...(stacked && { stackId: "all" })}
            {...still}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

export function DonutDrawing({ rows, series, format }: DrawingProps) {
  // One ring: the parts are the series of its only row.
  const values = rows[0]?.values ?? {};
  const data = series.map(({ key, label, colour }) => ({
    name: label,
    value: values[key] ?? 0,
    fill: chartColours[colour],
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <PieChart accessibilityLayer={false}>
        <Tooltip {...still} content={(props) => <Tip {...props} format={format} />} />
        <Pie
          data={data}
          dataKey="value"
          rootTabIndex={-1}
          innerRadius="68%"
          outerRadius="100%"
          paddingAngle={1}
          startAngle={90}
          endAngle={-270}
          stroke="var(--surface)"
          {...still}
        />
      </PieChart>
    </ResponsiveContainer>
  );
}

function Tip({
  active,
  label,
  payload,
  format,
}: Pick<TooltipContentProps, "active" | "label" | "payload"> & Pick<DrawingProps, "format">) {
  if (!active || payload.length === 0) return null;
  return (
    <div className="popup-surface px-2.5 py-1.5 text-small">
      {label !== undefined && <p className="font-medium">{label}</p>}
      {payload.map(({ name, value, color, payload: part }) => (
        <p key={String(name)} className="flex items-center gap-2">
          <span className="size-2 rounded-[2px]" style={{ background: color ?? String(part?.fill) }} />
          <span className="text-ink-2">{name}</span>
          <span className="ms-auto ps-3 font-medium">{format(Number(value))}</span>
        </p>
      ))}
    </div>
  );
}
