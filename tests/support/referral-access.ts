// Who may do what with referrals and registered deals: lines of the access matrix.
import type { FunctionLine, RelationLine } from "./access-matrix.ts";
import type { Organization } from "./world.ts";

const columns = [
  "client_name",
  "client_email",
  "client_company",
  "client_website",
  "account_domain",
  "estimated_value",
  "currency",
  "owner_id",
  "notes",
];

export const referralsLine: RelationLine = {
  organization: "organization_id",
  own: ["owner_id"],
  select: "referrals.read",
  insert: {
    rule: "referrals.write",
    columns: ["organization_id", "partner_id", ...columns, "referred_at", "client_key"],
    row: ({ id, partner }: Organization) => ({
      organization_id: id,
      partner_id: partner,
      client_name: "Added by the tests",
      referred_at: "2026-01-31T12:00:00Z",
    }),
    identity: ["organization_id", "client_name"],
  },
  update: { rule: "referrals.write", columns, change: { client_company: "Changed by the tests" } },
};

export const registrationsLine: RelationLine = { organization: "organization_id", select: "referrals.read" };

export const referralFunctions: Record<string, FunctionLine> = {
  referrals_page: {
    allowed: "referrals.read",
    args: ({ organization, partner, referral }) => ({ organization, in_partner: partner.id, beside: referral.id }),
  },
  count_referrals: {
    allowed: "referrals.read",
    args: ({ organization, partner, member }) => ({ organization, in_partner: partner.id, owned_by: member.id }),
  },
  advance_referral: {
    allowed: "referrals.decide",
    args: ({ organization, referral: { id, version } }) => ({
      organization,
      referral: id,
      status: "qualified",
      seen_version: version,
    }),
  },
  link_referral: {
    allowed: "referrals.write",
    args: ({ organization, referral: { id, version }, opportunity }) => ({
      organization,
      referral: id,
      opportunity: opportunity.id,
      seen_version: version,
    }),
  },
  request_deal_registration: {
    allowed: "referrals.write",
    args: ({ organization, referral }) => ({ organization, referral: referral.id, product: "services" }),
  },
  decide_deal_registration: {
    allowed: "referrals.decide",
    args: ({ organization, registration: { id, version } }) => ({
      organization,
      registration: id,
      approve: true,
      seen_version: version,
    }),
  },
  withdraw_deal_registration: {
    allowed: "referrals.write",
    args: ({ organization, registration: { id, version } }) => ({
      organization,
      registration: id,
      seen_version: version,
    }),
  },
  deal_conflict: {
    allowed: "referrals.read",
    args: ({ organization, registration }) => ({ organization, registration: registration.id }),
  },
};
