// Who may do what with partners: lines of the access matrix.
import type { FunctionLine, RelationLine } from "./access-matrix.ts";
import type { Organization } from "./world.ts";

export const partnersLine: RelationLine = {
  organization: "organization_id",
  own: ["owner_id"],
  select: "partners.read",
  insert: {
    rule: "partners.write",
    columns: [
      "organization_id",
      "name",
      "domain",
      "website",
      "status",
      "tier",
      "owner_id",
      "region",
      "tags",
      "primary_contact_name",
      "primary_contact_email",
      "primary_contact_phone",
      "primary_contact_role",
      "agreement_starts_on",
      "agreement_ends_on",
      "agreement_renews_on",
      "agreement_terms",
      "notes",
      "custom_fields",
      "client_key",
    ],
    row: ({ id }: Organization) => ({ organization_id: id, name: "Added by the tests", tags: [], custom_fields: {} }),
    identity: ["organization_id", "name"],
  },
  update: {
    rule: "partners.write",
    columns: [
      "name",
      "domain",
      "website",
      "status",
      "tier",
      "owner_id",
      "region",
      "tags",
      "primary_contact_name",
      "primary_contact_email",
      "primary_contact_phone",
      "primary_contact_role",
      "agreement_starts_on",
      "agreement_ends_on",
      "agreement_renews_on",
      "agreement_terms",
      "notes",
      "custom_fields",
    ],
    change: { region: "emea" },
  },
};

const termColumns = ["commission_type", "rate", "payment_model", "currency", "deal_minimum", "deal_maximum", "tiers"];

export const termsLine: RelationLine = {
  organization: "organization_id",
  select: "commissions.read",
  insert: {
    rule: "commissions.configure",
    columns: ["organization_id", "partner_id", ...termColumns],
    row: ({ id, partner }: Organization) => ({
      organization_id: id,
      partner_id: partner,
      commission_type: "reseller",
      tiers: [],
    }),
    identity: ["organization_id", "partner_id"],
  },
  update: { rule: "commissions.configure", columns: termColumns, change: { rate: 7 } },
  delete: "commissions.configure",
};

export const partnerFunctions: Record<string, FunctionLine> = {
  partners_page: {
    allowed: "partners.read",
    args: ({ organization, partner }) => ({ organization, beside: partner.id }),
  },
  count_partners: { allowed: "partners.read", args: ({ organization }) => ({ organization }) },
  partner_summary: { allowed: "partners.read", args: ({ organization }) => ({ organization }) },
  partner_figures: {
    allowed: "partners.read",
    args: ({ organization, partner }) => ({ organization, partner: partner.id }),
  },
  archive_partners: {
    allowed: "partners.archive",
    args: ({ organization, partner }) => ({ organization, partners: [partner.id] }),
  },
  // Under the policies: whoever may not write finds nothing to change, which is its own refusal.
  bulk_update_partners: {
    allowed: "everybody",
    args: ({ organization, partner }) => ({ organization, partners: [partner.id], changes: { region: "emea" } }),
  },
};
