// A referral, and a registered deal, that come, change and go: each leaves its event in the audit log.
import type { AuditedWrites } from "./audit-behaviours.ts";

export const referralWrites: AuditedWrites = {
  partner_referrals: {
    insert: ({ a }) => [
      "insert into public.partner_referrals (organization_id, partner_id, client_name) values ($1, $2, 'Kept by a test')",
      [a.id, a.partner],
    ],
    update: ({ a }) => [
      "update public.partner_referrals set notes = 'Kept' where organization_id = $1 and client_name = 'Kept by a test'",
      [a.id],
    ],
    delete: ({ a }) => [
      "delete from public.partner_referrals where organization_id = $1 and client_name = 'Kept by a test'",
      [a.id],
    ],
  },
  deal_registrations: {
    insert: ({ a, targets }) => [
      `insert into public.deal_registrations (organization_id, partner_id, referral_id, account_domain, account_name, product)
       values ($1, $2, $3, 'kept.example', 'Kept by a test', 'services')`,
      [a.id, targets.partner.id, targets.referral.id],
    ],
    update: ({ a }) => [
      `update public.deal_registrations set status = 'withdrawn', decided_at = now()
       where organization_id = $1 and account_name = 'Kept by a test'`,
      [a.id],
    ],
    delete: ({ a }) => [
      "delete from public.deal_registrations where organization_id = $1 and account_name = 'Kept by a test'",
      [a.id],
    ],
  },
};
