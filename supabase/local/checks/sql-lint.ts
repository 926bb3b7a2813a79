// Squawk over the migrations: what would lock a table for long, or break who still uses it. Its rules: supabase/.squawk.toml.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../settings.ts";
import { runTool } from "../tools.ts";
import type { CheckResult } from "./check-result.ts";

export async function lintMigrations(dir = join(projectRoot, "supabase/migrations")): Promise<CheckResult> {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => join(dir, name));
  const config = join(projectRoot, "supabase/.squawk.toml");
  const { code, output } = await runTool("squawk-cli/js/bin/squawk", [
    "--config",
    config,
    "--reporter",
    "gcc",
    ...files,
  ]);
  return { name: "Migrations are safe to apply to a busy database", ok: code === 0, output };
}
