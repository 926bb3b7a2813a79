// A small tree of files with this project's own tool settings, into which proofs plant what a check must find.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectRoot } from "../settings.ts";
import type { ToolResult } from "../tools.ts";

/** `settings` are copied from this project; `script` is a path below node_modules. */
export function runOnPlantedTree(
  settings: string[],
  files: Record<string, string>,
  script: string,
  args: string[],
): ToolResult {
  const root = mkdtempSync(join(tmpdir(), "partner-workspace-planted-"));
  try {
    for (const path of settings) cpSync(join(projectRoot, path), join(root, path), { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "junction");
    const tool = join(projectRoot, "node_modules", script);
    const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], { cwd: root, encoding: "utf8" });
    return { code: status ?? 1, output: stdout + stderr };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
