// Reads plans that Postgres explains as JSON.
import type pg from "pg";

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Schema?: string;
  "Index Cond"?: string;
  "Recheck Cond"?: string;
  Filter?: string;
  Plans?: Plan[];
}

interface Scan {
  condition: string;
  filter: string;
}

export async function planOf(client: pg.Client, sql: string, values: unknown[]): Promise<Plan> {
  const { rows } = await client.query(`explain (analyze, buffers, verbose, format json) ${sql}`, values);
  return rows[0]["QUERY PLAN"][0].Plan;
}

/** How the plan reaches the rows of a relation; a bitmap scan repeats its index condition as the one it rechecks. */
export function scansBy(plan: Plan, object: string): Scan[] {
  const own =
    `${plan.Schema}.${plan["Relation Name"]}` === object
      ? [{ condition: plan["Index Cond"] ?? plan["Recheck Cond"] ?? "", filter: plan.Filter ?? plan["Node Type"] }]
      : [];
  return [...own, ...(plan.Plans ?? []).flatMap((part) => scansBy(part, object))];
}
