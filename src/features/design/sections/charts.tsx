import type { ChartRow } from "@/shared/ui/chart-frame";
import { BarChart, DonutChart, LineChart } from "@/shared/ui/charts";
import { FunnelChart } from "@/shared/ui/funnel-chart";
import { Sparkline } from "@/shared/ui/sparkline";
import { Section } from "./show";

const months = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"];
const won = [42, 71, 55, 78, 66, 92, 84, 77, 108, 94, 120, 121];
const rows: readonly ChartRow[] = months.map((label, index) => ({
  label,
  values: { won: (won[index] ?? 0) * 1000, commission: (won[index] ?? 0) * 180 },
}));
const series = [
  { key: "won", label: "Won", colour: "accent" },
  { key: "commission", label: "Commission", colour: "soft" },
] as const;
const euros = (value: number) => `€ ${Math.round(value / 1000)} k`;

export function Charts() {
  return (
    <Section
      title="Charts"
      about="Where people would rather look than read. Every chart is also a table for screen readers."
    >
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 p-4 md:grid-cols-2">
        <Sample title="Line">
          <LineChart
            label="Won and commission by month, rising since March"
            rows={rows}
            series={series}
            format={euros}
          />
        </Sample>
        <Sample title="Stacked bars">
          <BarChart
            label="Won and commission by month, upon each other"
            rows={rows}
            series={series}
            format={euros}
            stacked
          />
        </Sample>
        <Sample title="Bars">
          <BarChart label="Won by month" rows={rows.slice(6)} series={series.slice(0, 1)} format={euros} />
        </Sample>
        <Sample title="Funnel">
          <FunnelChart
            label="Referrals from submitted to won"
            stages={[
              { label: "Submitted", value: 37 },
              { label: "Qualified", value: 27 },
              { label: "Proposal", value: 19 },
              { label: "Won", value: 14 },
            ]}
          />
        </Sample>
        <Sample title="Donut">
          <DonutChart
            label="Partners by health"
            values={{ good: 61, warn: 28, bad: 11 }}
            series={[
              { key: "good", label: "Healthy", colour: "good" },
              { key: "warn", label: "Watch", colour: "warn" },
              { key: "bad", label: "At risk", colour: "bad" },
            ]}
            middle="100"
          />
        </Sample>
        <Sample title="Sparkline">
          <div className="flex items-end justify-between gap-4 rounded-card border border-line p-4">
            <div>
              <p className="text-small text-ink-3">Active partners</p>
              <p className="text-xl font-semibold">1,047</p>
            </div>
            <Sparkline values={won} label="Rising over twelve months" />
          </div>
        </Sample>
      </div>
    </Section>
  );
}

function Sample({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-2 text-small text-ink-3">{title}</h3>
      {children}
    </div>
  );
}
