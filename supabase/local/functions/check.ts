// Type-checks every function with its own deno.json, as it will be deployed, against the installed packages.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { denoBinary, denoEnvironment } from "./deno.ts";
import { settingsOf } from "./settings.ts";

const run = promisify(execFile);

export async function checkFunctions(functionsDir: string): Promise<{ ok: boolean; output: string }> {
  const deno = denoBinary();
  const cacheDir = mkdtempSync(join(tmpdir(), "deno-check-"));
  const reports: string[] = [];
  let ok = true;
  try {
    for (const entry of readdirSync(functionsDir, { withFileTypes: true })) {
      const settings = entry.isDirectory() ? settingsOf(functionsDir, {}, entry.name) : null;
      if (!settings) continue;
      const flags = ["--quiet", "--no-lock", "--no-remote", "--node-modules-dir=manual", ...settings.denoFlags];
      try {
        await run(deno, ["check", ...flags, settings.entrypoint], { env: denoEnvironment(cacheDir) });
        reports.push(`${entry.name}: types are right`);
      } catch (error) {
        ok = false;
        const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
        reports.push(`${entry.name}:\n${said}`);
      }
    }
  } finally {
    rmSync(cacheDir, { recursive: true, force: true });
  }
  return { ok, output: reports.join("\n") };
}
