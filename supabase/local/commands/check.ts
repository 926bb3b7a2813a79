// `npm run check`: everything that can be said about the code without opening a browser; the same in CI.
import { join } from "node:path";
import { runAdvisors } from "../checks/advisors.ts";
import { checkCatalogueOf } from "../checks/catalogue.ts";
import type { CheckResult } from "../checks/check-result.ts";
import { checkMigrations } from "../checks/migrations.ts";
import { lintMigrations } from "../checks/sql-lint.ts";
import { checkTypes } from "../checks/types.ts";
import { checkFunctions } from "../functions/check.ts";
import { runVitest } from "../runners.ts";
import type { StackStatus } from "../running.ts";
import { projectRoot } from "../settings.ts";
import { closingLine, exitCode, startCount, type Tally } from "../tally.ts";
import { runTool } from "../tools.ts";
import { withStack } from "../with-stack.ts";

export async function run(): Promise<number> {
  const count = startCount(console.log);
  await count.run("Checks", async () => report(await staticChecks()));
  await count.run("Unit tests", () => runVitest(["unit", "tools"]));
  await count.run("Checks of the database", async () => report(await withStack(stackChecks)));
  const total = count.total();
  console.log(`\n${closingLine(total)}`);
  return exitCode(total);
}

export async function staticChecks(): Promise<CheckResult[]> {
  const functions = await checkFunctions(join(projectRoot, "supabase/functions"));
  return [
    await tool("Types of the app", "typescript/bin/tsc", ["-p", "tsconfig.app.json"]),
    await tool("Types of tools and tests", "typescript/bin/tsc", ["-p", "tsconfig.node.json"]),
    await tool("Lint, format and boundaries", "@biomejs/biome/bin/biome", ["ci", "--error-on-warnings"]),
    await tool("No dead code", "knip/bin/knip.js", []),
    { name: "Types of the Edge Functions", ...functions },
    await lintMigrations(),
  ];
}

export async function stackChecks(status: StackStatus): Promise<CheckResult[]> {
  return [
    await checkTypes(status.dbUrl),
    await checkCatalogueOf(status.adminDbUrl),
    await runAdvisors(status.dbUrl),
    await checkMigrations(status),
  ];
}

async function tool(name: string, script: string, args: string[]): Promise<CheckResult> {
  const { code, output } = await runTool(script, args);
  return { name, ok: code === 0, output };
}

export function report(results: CheckResult[]): Tally {
  for (const { name, ok, output } of results) {
    console.log(`${ok ? "✓" : "✗"} ${name}`);
    if (!ok) console.log(output.trim().replace(/^/gm, "    "));
  }
  const passed = results.filter((result) => result.ok).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}
