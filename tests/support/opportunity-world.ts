// Customers and deals of the world of tests: some that nobody owns, and some of each who may only see and write what is their own.
import type { Ask } from "./owner.ts";
import type { Organization } from "./world.ts";

/** Gives the customer back that nobody owns. */
export async function addOpportunities(
  ask: Ask,
  { id, canary, partner }: Organization,
  reps: string[],
): Promise<string> {
  const add = async (owner: string | null, what: string) => {
    const [customer] = await ask<{ id: string }>(
      `insert into public.customers (organization_id, name, website, notes, owner_id)
       values ($1, $2 || $3, 'https://' || $2 || '.example', $2, $4) returning id`,
      [id, canary, ` customer${what}`, owner],
    );
    if (!customer) throw new Error("The customer was not made.");
    await ask(
      `insert into public.opportunities (organization_id, customer_id, partner_id, name, notes, value, currency, owner_id, expected_close_on)
       values ($1, $2, $3, $4 || $5, $4, 1000, 'EUR', $6, '2027-03-31')`,
      [id, customer.id, partner, canary, ` deal${what}`, owner],
    );
    return customer.id;
  };
  for (const rep of reps) await add(rep, " of a rep");
  return add(null, "");
}
