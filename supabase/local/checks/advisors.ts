// Supabase's own advisors, through the official CLI, with the findings that are let pass and why.
import { runCli } from "../migrate.ts";
import type { CheckResult } from "./check-result.ts";

interface Advice {
  name: string;
  title: string;
  detail: string;
  remediation: string;
}

interface AllowedAdvice {
  name: string;
  reason: string;
}

const allowedAdvice: AllowedAdvice[] = [
  { name: "unused_index", reason: "Every index of a fresh database is one." },
  {
    name: "rls_enabled_no_policy",
    reason: "Closed tables are deliberate here; the catalogue check demands that each says so in its comment.",
  },
];

export async function runAdvisors(dbUrl: string): Promise<CheckResult> {
  const advice = (await readAdvice(dbUrl)).filter(
    ({ name }) => !allowedAdvice.some((allowed) => allowed.name === name),
  );
  const lines = advice.map(({ name, title, detail, remediation }) => `${title}: ${detail} (${name}, ${remediation})`);
  return { name: "Supabase advisors", ok: lines.length === 0, output: lines.join("\n") };
}

/** Everything down to the level "info", whether allowed or not. */
export async function readAdvice(dbUrl: string): Promise<Advice[]> {
  const { code, output, stdout } = await runCli([
    "db",
    "advisors",
    `--remote=${dbUrl}`,
    "--level",
    "info",
    "--output-format",
    "json",
  ]);
  // A tool that fails and says nothing must not look like a clean database.
  if (code !== 0) throw new Error(`The advisors could not look at the database.\n${output.trim()}`);
  const answer: { results?: Advice[] } = JSON.parse(stdout);
  if (!Array.isArray(answer.results)) throw new Error(`The advisors answered without results: ${stdout.slice(0, 500)}`);
  return answer.results;
}
