// `npm run bench`: what is measured rather than tested. Prints each figure beside the bar it is held to. Named parts run alone:
// `npm run bench -- rights`.
import { benchAudit } from "../../../tests/load/audit-bench.ts";
import type { Figure, Tell } from "../../../tests/load/figure.ts";
import { benchLive } from "../../../tests/load/live-bench.ts";
import { benchDrops } from "../../../tests/load/live-drops-bench.ts";
import { benchLiveScreens } from "../../../tests/load/live-screens-bench.ts";
import { benchLiveWrites } from "../../../tests/load/live-writes-bench.ts";
import { benchOwnFields } from "../../../tests/load/own-fields-bench.ts";
import { benchPages } from "../../../tests/load/pages-bench.ts";
import { benchRights } from "../../../tests/load/rights-bench.ts";
import { benchStack } from "../../../tests/load/stack-bench.ts";
import { benchTimeline } from "../../../tests/load/timeline-bench.ts";
import { Problem } from "../problem.ts";
import { withStack } from "../with-stack.ts";

const parts: Record<string, (tell: Tell) => Promise<void>> = {
  stack: benchStack,
  pages: (tell) => withStack((status) => benchPages(status, tell)),
  audit: (tell) => withStack((status) => benchAudit(status, tell)),
  timeline: (tell) => withStack((status) => benchTimeline(status, tell)),
  "live-writes": (tell) => withStack((status) => benchLiveWrites(status, tell)),
  fields: (tell) => withStack((status) => benchOwnFields(status, tell)),
  live: (tell) => withStack((status) => benchLive(status, tell)),
  "live-drops": (tell) => withStack((status) => benchDrops(status, tell)),
  "live-screens": (tell) => withStack((status) => benchLiveScreens(status, tell)),
  rights: (tell) => withStack((status) => benchRights(status, tell)),
};

export async function run(args: string[]): Promise<number> {
  const wished = args.length > 0 ? args : Object.keys(parts);
  const figures: Figure[] = [];
  const tell = (figure: Figure) => {
    figures.push(figure);
    console.log(`${figure.ok ? "✓" : "✗"} ${figure.what}: ${figure.value} (${figure.bar})`);
  };
  for (const name of wished) {
    const bench = parts[name];
    if (!bench) throw new Problem(`There is no part "${name}". There are: ${Object.keys(parts).join(", ")}.`);
    await bench(tell);
  }
  return figures.every((figure) => figure.ok) ? 0 : 1;
}
