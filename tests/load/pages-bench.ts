// What Lighthouse says of the built app on a phone: before signing in, and on a screen of an administrator.
import type { Result } from "lighthouse";
import type { StackStatus } from "../../supabase/local/running.ts";
import { freePorts } from "../../supabase/local/with-stack.ts";
import { withBuiltApp } from "../support/built-app.ts";
import { type LighthouseBrowser, shortcomings, withLighthouse } from "../support/lighthouse.ts";
import { median, type Tell } from "./figure.ts";

const RUNS = 3;
const PERFORMANCE_BAR = 95;
const SHIFT_BAR = 0.02;
/** In this order: somebody signs in where it says so, and stays. */
const screens: { name: string; path: string; signIn?: boolean }[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "members", path: "/admin/members", signIn: true },
  { name: "audit log", path: "/admin/audit" },
];
/** Lighthouse makes a quick machine of today into a phone by this much, by its own index of at least: */
const FULL_SLOWDOWN = 4;
const QUICK_MACHINE = 1500;
/** Lighthouse's own slow 4G. */
const phoneNetwork = { rttMs: 150, throughputKbps: 1638.4 };

export async function benchPages(status: StackStatus, tell: Tell): Promise<void> {
  const [appPort = 0] = await freePorts(1);
  const app = `http://localhost:${appPort}`;
  await withBuiltApp(status, appPort, () =>
    withLighthouse(async (browser) => {
      for (const { name, path, signIn } of screens) {
        if (signIn) await browser.signIn(app);
        // The first visit only tells how fast this machine is at the moment.
        let slowdown = slowdownFor(await visit(browser, `${app}${path}`, FULL_SLOWDOWN));
        const results: Result[] = [];
        for (let run = 0; run < RUNS; run++) {
          const result = await visit(browser, `${app}${path}`, slowdown);
          results.push(result);
          slowdown = slowdownFor(result);
        }
        judge(name, results, tell);
      }
    }),
  );
}

/** As Lighthouse's guide to throttling has it: a machine that is slow itself, or busy, is slowed down by less. */
function slowdownFor({ environment }: Result): number {
  return Math.min(FULL_SLOWDOWN, Math.max(1, (FULL_SLOWDOWN * environment.benchmarkIndex) / QUICK_MACHINE));
}

function visit(browser: LighthouseBrowser, url: string, cpuSlowdownMultiplier: number): Promise<Result> {
  return browser.visit(url, {
    throttling: { ...phoneNetwork, cpuSlowdownMultiplier },
    onlyCategories: ["performance", "accessibility", "best-practices"],
  });
}

function judge(name: string, results: Result[], tell: Tell): void {
  const middle = (of: (result: Result) => number) => median(results.map(of));
  const scoreOf = (category: string) => (result: Result) => Math.round((result.categories[category]?.score ?? 0) * 100);
  const numberOf = (audit: string) => (result: Result) => result.audits[audit]?.numericValue ?? Number.NaN;
  const performance = middle(scoreOf("performance"));
  const bars = [
    { category: "performance", value: performance, bar: PERFORMANCE_BAR },
    // The same at each visit: the worst counts.
    ...["accessibility", "best-practices"].map((category) => ({
      category,
      value: Math.min(...results.map(scoreOf(category))),
      bar: 100,
    })),
  ];
  for (const { category, value, bar } of bars)
    tell({
      what: `${name} on a phone: ${category}`,
      value: value < bar ? `${value}; ${shortcomings(results, category)}` : String(value),
      bar: `≥ ${bar}`,
      ok: value >= bar,
    });
  const shift = middle(numberOf("cumulative-layout-shift"));
  tell({
    what: `${name}: layout shift`,
    value: shift > SHIFT_BAR ? `${shift.toFixed(3)}; moved: ${movedIn(results)}` : shift.toFixed(3),
    bar: `≤ ${SHIFT_BAR}`,
    ok: shift <= SHIFT_BAR,
  });
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"]
    .map((audit) => `${audit} ${Math.round(middle(numberOf(audit)))} ms`)
    .join(", ");
  const machine = Math.round(middle((result) => result.environment.benchmarkIndex));
  console.log(`  ${name}: ${times} (median of ${RUNS}; machine index ${machine})`);
}

function movedIn(results: Result[]): string {
  const snippets = results.flatMap((result) => {
    const details = result.audits["layout-shifts"]?.details;
    return details?.type === "table" ? details.items.map(({ node }) => snippetOf(node)) : [];
  });
  return [...new Set(snippets)].join(" · ");
}

function snippetOf(node: unknown): string {
  return typeof node === "object" && node !== null && "selector" in node ? String(node.selector) : "?";
}
