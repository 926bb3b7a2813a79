// The test runners, each run as its own users run it, and what they counted read from their JSON reports.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tally } from "./tally.ts";
import { runTool } from "./tools.ts";

export function runVitest(projects: string[], env: Record<string, string> = {}): Promise<Tally> {
  return withReport(async (report) => {
    const chosen = projects.flatMap((project) => ["--project", project]);
    const { code } = await runTool(
      "vitest/vitest.mjs",
      ["run", ...chosen, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      { show: true, env },
    );
    return { code, read: readVitest };
  });
}

export function runPlaywright(env: Record<string, string>, args: string[] = []): Promise<Tally> {
  return withReport(async (report) => {
    const { code } = await runTool("@playwright/test/cli.js", ["test", "--reporter=list,json", ...args], {
      show: true,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    });
    return { code, read: readPlaywright };
  });
}

async function withReport(
  work: (file: string) => Promise<{ code: number; read: (report: unknown) => Tally }>,
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "partner-workspace-report-"));
  try {
    const file = join(folder, "report.json");
    const { code, read } = await work(file);
    const tally = read(readReport(file));
    // A runner may fail without a failed test: a broken configuration, an error outside of any test, no test at all.
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

function numberAt(report: unknown, ...path: string[]): number {
  let value: unknown = report;
  for (const key of path)
    value =
      typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
  return typeof value === "number" ? value : 0;
}

function readVitest(report: unknown): Tally {
  return {
    passed: numberAt(report, "numPassedTests"),
    failed: numberAt(report, "numFailedTests"),
    skipped: numberAt(report, "numPendingTests") + numberAt(report, "numTodoTests"),
  };
}

function readPlaywright(report: unknown): Tally {
  // A test that passed only at a second try has failed once: that counts.
  return {
    passed: numberAt(report, "stats", "expected"),
    failed: numberAt(report, "stats", "unexpected") + numberAt(report, "stats", "flaky"),
    skipped: numberAt(report, "stats", "skipped"),
  };
}
