// `npm run db:generate -- --organization northwind --partners 100000 …`: large, believable data for a running stack, always the
// same for a seed.
import { countsFor, generatePartners } from "../generate/partners/index.ts";
import { dataDirOf, readFlags } from "../options.ts";
import { Problem } from "../problem.ts";
import { findRunning } from "../running.ts";

const sizes = ["partners", "referrals", "opportunities", "tasks", "interactions", "training", "documents"] as const;
export async function run(args: string[]): Promise<number> {
  const flags = readFlags(args, ["organization", "seed", "until", "data-dir", ...sizes]);
  const stack = findRunning(dataDirOf(flags));
  if (!stack) throw new Problem('There is no running stack. Start it with "npm start" or "npm run stack" first.');
  const counts = countsFor(countOf("partners", flags.partners) ?? 1000);
  for (const size of sizes) counts[size] = countOf(size, flags[size]) ?? counts[size];
  const slug = typeof flags.organization === "string" ? flags.organization : "northwind";
  const seed = countOf("seed", flags.seed) ?? 1;
  console.log(`Generating ${counts.partners.toLocaleString("en")} partners for ${slug} with seed ${seed} …`);
  await generatePartners(stack.status.dbUrl, [{ slug, seed, counts, until: untilOf(flags.until) }], console.log);
  return 0;
}

function countOf(name: string, given: string | boolean | undefined): number | undefined {
  if (given === undefined) return undefined;
  const count = Number(given);
  if (!Number.isInteger(count) || count < 0 || count > 20_000_000)
    throw new Problem(`--${name} takes a whole number such as 1000, and "${given}" is none.`);
  return count;
}

/** Today, unless a day is given: data that has to be the same tomorrow names one. */
function untilOf(given: string | boolean | undefined): Date {
  const until = new Date(typeof given === "string" ? given : new Date().toISOString().slice(0, 10));
  if (Number.isNaN(until.getTime()))
    throw new Problem(`--until takes a day such as 2026-11-21, and "${given}" is none.`);
  return until;
}
