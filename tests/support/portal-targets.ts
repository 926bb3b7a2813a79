// What functions of the portal act upon: the partner that has people in the portal, and fresh rows of it.
import type { Ask } from "./owner.ts";
import type { Versioned } from "./targets.ts";
import type { Organization } from "./world.ts";

export interface PortalTargets {
  partnerMember: Versioned;
  portal: { partner: string };
}

export async function preparePortalTargets(
  ask: Ask,
  { id: organization, partner }: Organization,
  word: string,
): Promise<PortalTargets> {
  const [member] = await ask<{ id: string }>(
    `insert into public.partner_members (organization_id, partner_id, email, display_name)
     values ($1, $2, $3 || '.member@world.test', 'Member ' || $3) returning id`,
    [organization, partner, word],
  );
  if (!member) throw new Error("The person of the partner was not made.");
  return { partnerMember: { id: member.id, version: 1 }, portal: { partner } };
}
