// What a referral, and a registered deal, leave on the timeline from their beginning to their end.
import type { Lives } from "./timeline-behaviours.ts";

const referral = "where client_name = 'Told by a test'";
const deal = "where account_name = 'Told by a test'";

export const referralLives: Lives = {
  partner_referrals: [
    {
      sql: "insert into public.partner_referrals (organization_id, partner_id, client_name) values ($1, $2, 'Told by a test')",
      values: ({ a }) => [a.id, a.partner],
      leaves: ["referral_created"],
    },
    { sql: `update public.partner_referrals set notes = 'Nothing to tell' ${referral}`, leaves: [] },
    { sql: `update public.partner_referrals set status = 'qualified' ${referral}`, leaves: ["referral_advanced"] },
    { sql: `update public.partner_referrals set status = 'won' ${referral}`, leaves: ["referral_won"] },
    {
      sql: `update public.partner_referrals set status = 'lost', decision_reason = 'x' ${referral}`,
      leaves: ["referral_lost"],
    },
    { sql: `update public.partner_referrals set status = 'submitted' ${referral}`, leaves: ["referral_advanced"] },
    {
      sql: `insert into public.partner_referrals (organization_id, partner_id, client_name, status, source)
        values ($1, $2, 'Imported as won', 'won', 'import')`,
      values: ({ a }) => [a.id, a.partner],
      leaves: ["referral_created", "referral_won"],
    },
  ],
  deal_registrations: [
    {
      sql: `insert into public.deal_registrations (organization_id, partner_id, referral_id, account_domain, account_name, product)
        values ($1, $2, $3, 'told.example', 'Told by a test', 'platform')`,
      values: ({ a, targets }) => [a.id, targets.partner.id, targets.referral.id],
      leaves: ["deal_requested"],
    },
    {
      sql: `update public.deal_registrations
        set status = 'registered', decided_at = now(), protected = tstzrange(now(), now() + interval '1 day') ${deal}`,
      leaves: ["deal_registered"],
    },
    { sql: `update public.deal_registrations set status = 'expired' ${deal}`, leaves: ["deal_expired"] },
    {
      sql: `update public.deal_registrations set status = 'rejected', protected = null, reason = 'x' ${deal}`,
      leaves: ["deal_rejected"],
    },
    { sql: `update public.deal_registrations set status = 'withdrawn' ${deal}`, leaves: ["deal_withdrawn"] },
  ],
};
