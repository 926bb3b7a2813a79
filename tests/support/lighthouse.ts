// Lighthouse in a browser of its own, where somebody may be signed in.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import lighthouse, { type Flags, type Result } from "lighthouse";
import { freePorts } from "../../supabase/local/with-stack.ts";
import { ensureBrowser } from "./browser.ts";

export interface LighthouseBrowser {
  /** Of the seed's administrator. */
  signIn(app: string): Promise<void>;
  visit(url: string, flags: Flags): Promise<Result>;
}

export async function withLighthouse<T>(work: (browser: LighthouseBrowser) => Promise<T>): Promise<T> {
  const [port = 0] = await freePorts(1);
  return withBrowser(port, (context) =>
    work({ signIn: (app) => signIn(context, app), visit: (url, flags) => visit(url, { ...flags, port }) }),
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

const reader = { email: "admin@northwind.test", password: "workspace-demo" };

async function signIn(context: BrowserContext, app: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${app}/sign-in`);
  await page.getByLabel("E-mail address").fill(reader.email);
  await page.getByLabel("Password", { exact: true }).fill(reader.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${app}/`);
  await page.close();
}

async function visit(url: string, flags: Flags): Promise<Result> {
  // Signing in stays: Lighthouse clears the caches before each visit, and neither cookies nor local storage.
  const found = await lighthouse(url, { logLevel: "error", ...flags });
  if (!found || found.lhr.runtimeError) throw new Error(found?.lhr.runtimeError?.message ?? "Lighthouse said nothing.");
  if (found.lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${found.lhr.finalDisplayedUrl}.`);
  return found.lhr;
}

/** What kept a category from being full. */
export function shortcomings(results: Result[], category: string): string {
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
