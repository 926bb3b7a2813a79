// Stands in for: `supabase test db`. Runs the same pgTAP files, unchanged, as the same role, without Docker and pg_prove.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { withClient } from "../migrate.ts";
import { messageOf } from "../problem.ts";
import { installPgTap, removePgTap } from "./pgtap.ts";
import { readTap, type TapReport } from "./tap-parser.ts";

export interface TapOptions {
  /** As `postgres`: what the files run as. */
  dbUrl: string;
  /** As `supabase_admin`: installs pgTAP for the run. */
  adminDbUrl: string;
  dir: string;
}

export interface TapRun {
  passed: number;
  failed: number;
  skipped: number;
  output: string;
}

export async function runTapFiles({ dbUrl, adminDbUrl, dir }: TapOptions): Promise<TapRun> {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  if (files.length === 0) return { passed: 0, failed: 1, skipped: 0, output: `✗ There is no pgTAP file in ${dir}.` };
  return withClient(adminDbUrl, async (admin) => {
    await installPgTap(admin);
    try {
      const run: TapRun = { passed: 0, failed: 0, skipped: 0, output: "" };
      for (const file of files) {
        const report = await runFile(dbUrl, readFileSync(join(dir, file), "utf8"));
        run.passed += report.passed;
        run.failed += report.failed;
        run.skipped += report.skipped;
        run.output += summaryOf(file, report);
      }
      return run;
    } finally {
      await removePgTap(admin);
    }
  });
}

async function runFile(dbUrl: string, text: string): Promise<TapReport> {
  const sql = withoutComments(text);
  const refusal = refuse(sql);
  if (refusal) return { passed: 0, failed: 1, skipped: 0, problems: [refusal] };
  let tap = "";
  let error: string | null = null;
  await withClient(dbUrl, async (client) => {
    // Row by row: what a file said before an error still counts and is shown.
    const query = new pg.Query<Record<string, unknown>>(pgTapIsThere(text));
    query.on("row", (row) => {
      const [first] = Object.values(row);
      if (typeof first === "string") tap += `${first}\n`;
    });
    await new Promise<void>((resolve) => {
      query.on("end", () => resolve());
      query.on("error", (problem: Error) => {
        error = messageOf(problem);
        resolve();
      });
      client.query(query);
    });
  });
  const report = readTap(tap);
  if (error !== null) {
    report.failed += 1;
    report.problems.unshift(`SQL error: ${error}`);
  }
  return report;
}

/** Files share one database: each has to take back all that it did. */
function refuse(sql: string): string | null {
  if (/^\s*\\/m.test(sql))
    return "psql's own commands (a line that starts with a backslash) are not understood here. Use SQL alone.";
  if (!/^\s*begin\s*;/i.test(sql) || !/rollback\s*;\s*$/i.test(sql) || /\bcommit\s*;/i.test(sql))
    return "A test file starts with `begin;`, ends with `rollback;` and never commits.";
  return null;
}

function withoutComments(sql: string): string {
  return sql.replaceAll(/^\s*--.*$/gm, "");
}

/**
 * A file may say `create extension if not exists pgtap …`, which is true elsewhere and would fail here, where there is no
 * control file for it. pgTAP is there already, so exactly that statement has nothing left to do.
 */
function pgTapIsThere(sql: string): string {
  return sql.replace(/create\s+extension\s+if\s+not\s+exists\s+"?pgtap"?(?:\s+with)?(?:\s+schema\s+\w+)?\s*;/i, "");
}

function summaryOf(file: string, { passed, failed, skipped, problems }: TapReport): string {
  const counts = [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`]
    .filter(Boolean)
    .join(", ");
  const head = `${failed === 0 ? "✓" : "✗"} ${file}: ${counts}`;
  return `${[head, ...problems.map((line) => `    ${line}`)].join("\n")}\n`;
}
