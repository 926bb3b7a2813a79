// What Lighthouse says of the built app on a phone: before signing in, and on a screen of an administrator.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import lighthouse, { type Result } from "lighthouse";
import type { StackStatus } from "../../supabase/local/running.ts";
import { freePorts } from "../../supabase/local/with-stack.ts";
import { ensureBrowser } from "../support/browser.ts";
import { withBuiltApp } from "../support/built-app.ts";
import { median, type Tell } from "./figure.ts";

const RUNS = 3;
const PERFORMANCE_BAR = 95;
const SHIFT_BAR = 0.02;
/** In this order: from the second on somebody is signed in. */
const screens = [
  { name: "sign-in", path: "/sign-in" },
  { name: "audit log", path: "/admin/audit" },
];
const reader = { email: "admin@northwind.test", password: "workspace-demo" };

export async function benchPages(status: StackStatus, tell: Tell): Promise<void> {
  const [appPort = 0, debugPort = 0] = await freePorts(2);
  const app = `http://localhost:${appPort}`;
  await withBuiltApp(status, appPort, () =>
    withBrowser(debugPort, async (context) => {
      for (const { name, path } of screens) {
        if (path !== "/sign-in") await signIn(context, app);
        const results: Result[] = [];
        for (let run = 0; run < RUNS; run++) results.push(await visit(`${app}${path}`, debugPort));
        judge(name, results, tell);
      }
    }),
  );
}

async function withBrowser<T>(debugPort: number, work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), "partner-workspace-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureBrowser(console.log),
    args: [
      `--remote-debugging-port=${debugPort}`,
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  try {
    return await work(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function signIn(context: BrowserContext, app: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${app}/sign-in`);
  await page.getByLabel("E-mail address").fill(reader.email);
  await page.getByLabel("Password", { exact: true }).fill(reader.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${app}/`);
  await page.close();
}

async function visit(url: string, port: number): Promise<Result> {
  // Signing in stays: Lighthouse clears the caches before each visit, and neither cookies nor local storage.
  const found = await lighthouse(url, {
    port,
    logLevel: "error",
    onlyCategories: ["performance", "accessibility", "best-practices"],
  });
  if (!found || found.lhr.runtimeError) throw new Error(found?.lhr.runtimeError?.message ?? "Lighthouse said nothing.");
  if (found.lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${found.lhr.finalDisplayedUrl}.`);
  return found.lhr;
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
  tell({ what: `${name}: layout shift`, value: shift.toFixed(3), bar: `≤ ${SHIFT_BAR}`, ok: shift <= SHIFT_BAR });
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"]
    .map((audit) => `${audit} ${Math.round(middle(numberOf(audit)))} ms`)
    .join(", ");
  const machine = Math.round(middle((result) => result.environment.benchmarkIndex));
  console.log(`  ${name}: ${times} (median of ${RUNS}; a machine of ${machine}, where 1,000 and more is quiet)`);
}

function shortcomings(results: Result[], category: string): string {
  const worst = results.toSorted(
    (a, b) => (a.categories[category]?.score ?? 0) - (b.categories[category]?.score ?? 0),
  )[0];
  return (worst?.categories[category]?.auditRefs ?? [])
    .filter(({ weight }) => weight > 0)
    .flatMap(({ id }) => {
      const audit = worst?.audits[id];
      return audit && audit.score !== null && audit.score < 0.9
        ? [`${audit.title} ${audit.displayValue ?? ""}`.trim()]
        : [];
    })
    .join("; ");
}
