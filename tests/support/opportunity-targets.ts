// A fresh deal, without a partner yet, for functions to act upon.
import type { Ask } from "./owner.ts";
import type { Versioned } from "./targets.ts";

export interface OpportunityTargets {
  opportunity: Versioned;
}

export async function prepareOpportunityTargets(
  ask: Ask,
  organization: string,
  word: string,
): Promise<OpportunityTargets> {
  const [opportunity] = await ask<{ id: string }>(
    `with customer as (
       insert into public.customers (organization_id, name) values ($1, 'Customer ' || $2) returning id
     )
     insert into public.opportunities (organization_id, customer_id, name)
     select $1, customer.id, 'Deal ' || $2 from customer returning id`,
    [organization, word],
  );
  if (!opportunity) throw new Error("The deal was not made.");
  return { opportunity: { id: opportunity.id, version: 1 } };
}
