// The isolation check: reads the catalogue of a database and names every table, view, policy, function, key and grant that
// breaks a rule of the house. What is added later is covered by itself.
import type pg from "pg";
import { withClient } from "../migrate.ts";
import { readConfig, table } from "../settings.ts";
import { type AllowedFinding, allowedFindings } from "./catalogue/allowed.ts";
import { keyRules } from "./catalogue/key-rules.ts";
import { liveRules } from "./catalogue/live-rules.ts";
import { policyRules } from "./catalogue/policy-rules.ts";
import { relationRules } from "./catalogue/relation-rules.ts";
import { routineRules } from "./catalogue/routine-rules.ts";
import { type Finding, prelude, type Rule } from "./catalogue/rule.ts";
import type { CheckResult } from "./check-result.ts";

export interface Violation {
  rule: string;
  object: string;
  title: string;
  why: string;
}

export const catalogueRules: Rule[] = [...relationRules, ...policyRules, ...routineRules, ...keyRules, ...liveRules];

export async function checkCatalogueOf(dbUrl: string): Promise<CheckResult> {
  const violations = await withClient(dbUrl, (client) => checkCatalogue(client));
  const wrong = violations.filter((violation) => !isAllowed(violation, allowedFindings));
  const unneeded = allowedFindings.filter(
    (allowed) => !violations.some((violation) => isAllowed(violation, [allowed])),
  );
  const lines = [
    ...wrong.map(({ rule, object, title, why }) => `${title}: ${object}\n    ${why} (${rule})`),
    ...unneeded.map(({ rule, object }) => `An exception is no longer needed: ${rule} for ${object}`),
  ];
  return { name: "Isolation, read from the catalogue", ok: lines.length === 0, output: lines.join("\n") };
}

export async function checkCatalogue(client: pg.Client): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const rule of catalogueRules) {
    if (rule.needs && !(await exists(client, rule.needs))) continue;
    const { rows } = await client.query<Finding>(`${prelude} ${rule.sql} order by 1`, [exposedSchemas()]);
    for (const row of rows) {
      if (rule.breaks && !rule.breaks(row)) continue;
      violations.push({ rule: rule.id, object: row.object, title: rule.title, why: rule.why });
    }
  }
  return violations;
}

async function exists(client: pg.Client, relation: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>("select to_regclass($1) is not null as found", [relation]);
  return rows[0]?.found === true;
}

function isAllowed(violation: Violation, allowed: AllowedFinding[]): boolean {
  return allowed.some(({ rule, object }) => rule === violation.rule && object === violation.object);
}

export function exposedSchemas(): string[] {
  const schemas = table(readConfig(), "api").schemas;
  return Array.isArray(schemas) ? schemas.map(String) : ["public"];
}
