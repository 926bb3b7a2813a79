// Fresh partners, and what belongs to them, for functions to act upon.
import type { Ask } from "./owner.ts";
import { prepareReferralTargets, type ReferralTargets } from "./referral-targets.ts";
import type { Versioned } from "./targets.ts";

export interface PartnerTargets extends ReferralTargets {
  partner: Versioned;
}

export async function preparePartnerTargets(ask: Ask, organization: string, word: string): Promise<PartnerTargets> {
  const [partner] = await ask<{ id: string }>(
    "insert into public.partners (organization_id, name) values ($1, $2) returning id",
    [organization, `Partner ${word}`],
  );
  if (!partner) throw new Error("The partner was not made.");
  return {
    partner: { id: partner.id, version: 1 },
    ...(await prepareReferralTargets(ask, organization, partner.id, word)),
  };
}
