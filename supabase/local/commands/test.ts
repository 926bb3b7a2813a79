// `npm test`: everything, from a bare clone. Closes with one line that sums every runner.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { measureBundle } from "../../../tests/load/bundle-budget.ts";
import { ensureBrowser } from "../../../tests/support/browser.ts";
import { STACK_VARIABLE } from "../../../tests/support/stack.ts";
import type { CheckResult } from "../checks/check-result.ts";
import { runTapFiles } from "../checks/tap.ts";
import { runPlaywright, runVitest } from "../runners.ts";
import type { StackStatus } from "../running.ts";
import { projectRoot } from "../settings.ts";
import { add, closingLine, exitCode, nothing, startCount, type Tally } from "../tally.ts";
import { runTool } from "../tools.ts";
import { freePorts, withStack } from "../with-stack.ts";
import { report, stackChecks, staticChecks } from "./check.ts";

const outDir = join(projectRoot, "node_modules/.cache/test-app");

export async function run(): Promise<number> {
  const count = startCount(console.log);
  await count.run("Checks", async () => report(await staticChecks()));
  await count.run("Unit tests", () => runVitest(["unit", "tools"]));
  const [appPort = 0] = await freePorts(1);
  await count.run("Stack", () =>
    withStack(async (status) => {
      const env = { [STACK_VARIABLE]: JSON.stringify(status) };
      await count.run("Checks of the database", async () => report(await stackChecks(status)));
      await count.run("Database tests", () => databaseTests(status));
      await count.run("API tests", () => runVitest(["api"], env));
      await count.run("Browser tests", () => browserTests(status, appPort, env));
      return nothing;
    }, appPort),
  );
  const total = count.total();
  console.log(`\n${closingLine(total)}`);
  return exitCode(total);
}

async function databaseTests({ dbUrl, adminDbUrl }: StackStatus): Promise<Tally> {
  const { output, ...tally } = await runTapFiles({ dbUrl, adminDbUrl, dir: join(projectRoot, "supabase/tests") });
  console.log(output);
  return tally;
}

async function browserTests(status: StackStatus, appPort: number, env: Record<string, string>): Promise<Tally> {
  ensureBrowser(console.log);
  const appEnv = {
    ...env,
    APP_PORT: String(appPort),
    APP_URL: status.appUrl,
    VITE_SUPABASE_URL: status.apiUrl,
    VITE_SUPABASE_PUBLISHABLE_KEY: status.publishableKey,
    VITE_MAIL_URL: status.mailUrl,
  };
  // The very bundle that would be deployed, under its own content security policy.
  const built = await runTool("vite/bin/vite.js", ["build", "--outDir", outDir, "--emptyOutDir"], { env: appEnv });
  if (built.code !== 0) throw new Error(built.output);
  const budget = report(await budgetChecks());
  const stopPreview = await startPreview(appPort, appEnv);
  try {
    return add(budget, await runPlaywright(appEnv));
  } finally {
    await stopPreview();
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function budgetChecks(): Promise<CheckResult[]> {
  const pages = await measureBundle(outDir);
  return pages.map(({ page, kilobytes, limit }) => ({
    name: `${page}: first JavaScript within ${limit} KB`,
    ok: kilobytes <= limit,
    output: `${kilobytes.toFixed(1)} KB (brotli)`,
  }));
}

async function startPreview(port: number, env: Record<string, string>): Promise<() => Promise<void>> {
  for (const [name, value] of Object.entries(env)) process.env[name] = value;
  const { preview } = await import("vite");
  const server = await preview({ root: projectRoot, build: { outDir }, preview: { port, strictPort: true } });
  return () => server.close();
}
