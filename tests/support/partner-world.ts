// Partners of the world of tests: one that nobody owns, one with terms, and one of each who may only write what is their own.
import type { Ask } from "./owner.ts";
import type { Organization } from "./world.ts";

/** Gives the one back that nobody owns. */
export async function addPartners(ask: Ask, { id, canary }: Organization, reps: string[]): Promise<string> {
  const add = async (what: string, owner: string | null) => {
    const [partner] = await ask<{ id: string }>(
      `insert into public.partners (organization_id, name, website, notes, owner_id)
       values ($1, $2 || $3, 'https://' || $2 || '.example', $2, $4) returning id`,
      [id, canary, ` ${what}`, owner],
    );
    if (!partner) throw new Error("The partner was not made.");
    return partner.id;
  };
  const nobodys = await add("partner", null);
  for (const rep of reps) await add("partner of a rep", rep);
  await ask(
    `insert into public.partner_commission_terms (organization_id, partner_id, commission_type, rate)
     values ($1, $2, 'referral', 12.5)`,
    [id, await add("partner with terms", null)],
  );
  return nobodys;
}
