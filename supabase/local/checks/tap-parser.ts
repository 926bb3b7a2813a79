// Reads TAP, the lines a pgTAP file prints, and is not easily convinced: whatever is not plainly a whole, passed run is a failure.
export interface TapReport {
  passed: number;
  failed: number;
  /** `# SKIP`, and `# TODO` that does not pass yet. */
  skipped: number;
  /** What is wrong, a line each. */
  problems: string[];
}

interface Directive {
  kind: "skip" | "todo" | null;
}

export function readTap(text: string): TapReport {
  const report: TapReport = { passed: 0, failed: 0, skipped: 0, problems: [] };
  const fail = (problem: string) => {
    report.failed += 1;
    report.problems.push(problem);
  };
  let planned: number | null = null;
  let seen = 0;
  let failing = false;

  for (const line of text.split("\n")) {
    const plan = /^1\.\.(\d+)(?:\s+#\s*(skip)\b.*)?\s*$/i.exec(line);
    const test = /^(not )?ok\b(?:\s+(\d+))?(.*)$/.exec(line);
    if (plan) {
      if (planned !== null) fail("The plan is given twice.");
      planned = Number(plan[1]);
      if (planned === 0 && plan[2]) {
        report.skipped += 1;
        seen = 0;
      }
      continue;
    }
    if (test) {
      seen += 1;
      failing = false;
      const [, not, number, rest = ""] = test;
      const { kind } = directiveOf(rest);
      if (number !== undefined && Number(number) !== seen) fail(`Test ${number} came where test ${seen} was expected.`);
      if (kind === "skip" || (kind === "todo" && not)) report.skipped += 1;
      else if (not) {
        fail(line);
        failing = true;
      } else report.passed += 1;
      continue;
    }
    if (/^Bail out!/.test(line)) fail(line);
    // What pgTAP says about the test that just failed.
    else if (failing && line.startsWith("#")) report.problems.push(line);
  }

  if (planned === null) fail("No plan: start with `select plan(n)`, end with `select * from finish()`.");
  else if (planned !== seen) fail(`${planned} tests were planned, ${seen} ran.`);
  else if (seen === 0 && report.skipped === 0) fail("No test ran.");
  return report;
}

function directiveOf(rest: string): Directive {
  const found = /(?<!\\)#\s*(skip|todo)\b/i.exec(rest)?.[1]?.toLowerCase();
  return { kind: found === "skip" || found === "todo" ? found : null };
}
