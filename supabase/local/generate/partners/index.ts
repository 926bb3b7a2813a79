// Fills an organization with partners and 18 months of what happened with them, set by set in SQL, as fast as copying rows in. The
// same seed gives the same rows; asked again for more, what is there stays. The timeline is built afterwards, from the rows, by the
// same writer that keeps it.
import { withClient } from "../../migrate.ts";
import { addOpportunities, addReferrals } from "./business.ts";
import { addCompanies } from "./companies.ts";
import { type PartnerCounts, type Scene, setScene } from "./scene.ts";
import { addWork } from "./work.ts";

export type { PartnerCounts } from "./scene.ts";

export interface PartnerGeneration {
  slug: string;
  seed: number;
  counts: PartnerCounts;
  until: Date;
}

const steps: [what: string, run: (scene: Scene) => Promise<void>][] = [
  ["partners", addCompanies],
  ["referrals and registered deals", addReferrals],
  ["opportunities", addOpportunities],
  ["tasks, contact, training and documents", addWork],
  ["timeline", rebuildTimeline],
];

export async function generatePartners(
  dbUrl: string,
  generation: PartnerGeneration,
  say: (line: string) => void,
): Promise<void> {
  await withClient(dbUrl, async (client) => {
    await client.query("set statement_timeout = 0");
    await client.query("set app.job = 'generator'");
    const scene = await setScene(client, generation);
    for (const [what, run] of steps) {
      const started = performance.now();
      await run(scene);
      say(`Generated ${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
    // As autovacuum leaves a database that has been there for a while.
    await client.query("vacuum (analyze)");
  });
}

async function rebuildTimeline({ client }: Scene): Promise<void> {
  const { rows } = await client.query<{ target: string }>(
    "select target::text from private.activity_tables where backfill is not null order by 1",
  );
  for (const { target } of rows) {
    let after: string | null = null;
    for (;;) {
      const chunk: { rows: { last_id: string | null; examined: string }[] } = await client.query(
        "select last_id, examined from private.backfill_partner_activity($1, $2, 50000)",
        [target, after],
      );
      const [done] = chunk.rows;
      if (!done?.last_id) break;
      after = done.last_id;
    }
  }
}
