// Referrals of the world of tests: one that nobody owns, with a deal that is registered, and one of each who may only write
// what is their own, with a deal that waits.
import type { Ask } from "./owner.ts";
import type { Organization } from "./world.ts";

export async function addReferrals(ask: Ask, { id, canary, partner }: Organization, reps: string[]): Promise<void> {
  const made = await ask<{ id: string }>(
    `insert into public.partner_referrals (organization_id, partner_id, client_name, client_company, client_website, notes, owner_id)
     select $1, $2, $3, $3 || ' client', 'https://' || $3 || '.example', $3, owner from unnest($4::uuid[]) as owner
     returning id`,
    [id, partner, canary, [null, ...reps]],
  );
  for (const [place, referral] of made.entries())
    await ask(
      `insert into public.deal_registrations (
         organization_id, partner_id, referral_id, account_domain, account_name, product, status, protected, decided_at, reason
       )
       select $1, $2, $3, $4 || '.example', $4, 'platform', case when $5 then 'registered' else 'requested' end,
         case when $5 then tstzrange(now(), now() + interval '90 days') end, case when $5 then now() end, case when $5 then $4 end`,
      [id, partner, referral.id, canary, place === 0],
    );
}
