// A fresh referral with a deal that waits, for functions to act upon.
import type { Ask } from "./owner.ts";
import type { Versioned } from "./targets.ts";

export interface ReferralTargets {
  referral: Versioned;
  registration: Versioned;
}

export async function prepareReferralTargets(
  ask: Ask,
  organization: string,
  partner: string,
  word: string,
): Promise<ReferralTargets> {
  const [made] = await ask<{ referral: string; registration: string }>(
    `with referral as (
       insert into public.partner_referrals (organization_id, partner_id, client_name, client_website)
       values ($1, $2, $3, 'https://' || $3 || '.example') returning id, account_domain
     )
     insert into public.deal_registrations (organization_id, partner_id, referral_id, account_domain, account_name, product)
     select $1, $2, id, account_domain, $3, 'platform' from referral
     returning referral_id as referral, id as registration`,
    [organization, partner, word],
  );
  if (!made) throw new Error("The referral was not made.");
  return { referral: { id: made.referral, version: 1 }, registration: { id: made.registration, version: 1 } };
}
