// Fills a database with as much as a large platform holds, set by set in SQL. The same seed gives the same people,
// organizations and sizes each time. It never goes through Auth: nobody generated can sign in.
import { withClient } from "../migrate.ts";
import { type Generation, madeValues, type Step } from "./generation.ts";
import { recordSteps } from "./records.ts";
import { tenancySteps } from "./tenancy.ts";

const steps: Step[] = [...tenancySteps, ...recordSteps];

export async function generate(dbUrl: string, generation: Generation, say: (line: string) => void): Promise<void> {
  await withClient(dbUrl, async (client) => {
    await client.query(madeValues(generation.seed));
    for (const { what, run } of steps) {
      const started = performance.now();
      await run(client, generation);
      say(`Generated ${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
    // As autovacuum leaves a database that has been there for a while.
    await client.query("vacuum (analyze)");
  });
}
