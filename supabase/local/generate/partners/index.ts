// Fills an organization with partners and 18 months of what happened with them, set by set in SQL, as fast as copying rows in. The
// same seed gives the same rows; asked again for more, what is there stays. The timeline is built afterwards, from the rows, by the
// same writer that keeps it.
import type pg from "pg";
import { withClient } from "../../migrate.ts";
import { addOpportunities, addReferrals } from "./business.ts";
import { addCompanies } from "./companies.ts";
import { addPeople } from "./people.ts";
import { type PartnerCounts, type Scene, setScene } from "./scene.ts";
import { addWork } from "./work.ts";

export type { PartnerCounts } from "./scene.ts";

export interface PartnerGeneration {
  slug: string;
  seed: number;
  counts: PartnerCounts;
  until: Date;
}

/** How many there are of each for one partner, where nothing is said. */
const perPartner: PartnerCounts = {
  partners: 1,
  referrals: 10,
  opportunities: 3,
  tasks: 6,
  interactions: 8,
  training: 1,
  documents: 1,
};

export function countsFor(partners: number): PartnerCounts {
  const counts = { ...perPartner };
  for (const name of Object.keys(counts) as (keyof PartnerCounts)[]) counts[name] *= partners;
  return counts;
}

const steps: [what: string, run: (scene: Scene) => Promise<void>][] = [
  ["partners", addCompanies],
  ["referrals and registered deals", addReferrals],
  ["opportunities", addOpportunities],
  ["tasks, contact, training and documents", addWork],
  ["people of partners, comments and resources", addPeople],
];

export async function generatePartners(
  dbUrl: string,
  generations: PartnerGeneration[],
  say: (line: string) => void,
): Promise<void> {
  // A connection each: what a scene keeps for itself goes with it.
  for (const generation of generations)
    await withGenerator(dbUrl, async (client) => {
      const scene = await setScene(client, generation);
      for (const [what, run] of steps) await timed(`${what} of ${generation.slug}`, say, () => run(scene));
    });
  await withGenerator(dbUrl, async (client) => {
    await timed("the timeline", say, () => rebuildTimeline(client));
    // As autovacuum leaves a database that has been there for a while.
    await client.query("vacuum (analyze)");
  });
}

async function timed(what: string, say: (line: string) => void, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  say(`Generated ${what} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

const withGenerator = (dbUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> =>
  withClient(dbUrl, async (client) => {
    await client.query("set statement_timeout = 0");
    await client.query("set app.job = 'generator'");
    await work(client);
  });

async function rebuildTimeline(client: pg.Client): Promise<void> {
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
