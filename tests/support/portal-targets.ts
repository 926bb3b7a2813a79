// What functions of the portal act upon: the partner that has people in the portal, and fresh rows of it.
import type { Ask } from "./owner.ts";
import type { Versioned } from "./targets.ts";
import type { Organization } from "./world.ts";

export interface PortalTargets {
  partnerMember: Versioned;
  /** Of the partner that has people in the portal. The task is shared with them. */
  portal: { partner: string; referral: string; task: string };
}

export async function preparePortalTargets(
  ask: Ask,
  { id: organization, partner }: Organization,
  word: string,
): Promise<PortalTargets> {
  // Tests write more often than anybody should.
  await ask("delete from private.portal_writes where organization_id = $1", [organization]);
  const [made] = await ask<{ member: string; referral: string; task: string }>(
    `with member as (
       insert into public.partner_members (organization_id, partner_id, email, display_name)
       values ($1, $2, $3 || '.member@world.test', 'Member ' || $3) returning id
     ), referral as (
       insert into public.partner_referrals (organization_id, partner_id, client_name) values ($1, $2, 'Client ' || $3) returning id
     ), task as (
       insert into public.partner_tasks (organization_id, partner_id, title, is_shared) values ($1, $2, 'Task ' || $3, true) returning id
     )
     select (select id from member) as member, (select id from referral) as referral, (select id from task) as task`,
    [organization, partner, word],
  );
  if (!made) throw new Error("The partner has nothing.");
  return {
    partnerMember: { id: made.member, version: 1 },
    portal: { partner, referral: made.referral, task: made.task },
  };
}
