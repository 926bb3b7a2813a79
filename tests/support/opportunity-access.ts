// Who may do what with customers and deals: lines of the access matrix.
import type { FunctionLine, RelationLine } from "./access-matrix.ts";
import type { Organization } from "./world.ts";

const customerColumns = [
  "name",
  "website",
  "web_domain",
  "region",
  "contact_name",
  "contact_email",
  "contact_phone",
  "owner_id",
  "notes",
];

export const customersLine: RelationLine = {
  organization: "organization_id",
  own: ["owner_id"],
  ownReadsAll: true,
  select: "opportunities.read",
  insert: {
    rule: "opportunities.write",
    columns: ["organization_id", ...customerColumns, "client_key"],
    row: ({ id }: Organization) => ({ organization_id: id, name: "Added by the tests" }),
    identity: ["organization_id", "name"],
  },
  update: { rule: "opportunities.write", columns: customerColumns, change: { region: "emea" } },
};

const opportunityColumns = [
  "customer_id",
  "name",
  "value",
  "currency",
  "stage",
  "probability",
  "expected_close_on",
  "owner_id",
  "source",
  "reason",
  "next_step",
  "notes",
];

export const opportunitiesLine: RelationLine = {
  organization: "organization_id",
  own: ["owner_id"],
  select: "opportunities.read",
  insert: {
    rule: "opportunities.write",
    columns: ["organization_id", "partner_id", ...opportunityColumns, "client_key"],
    row: ({ id, customer }: Organization) => ({
      organization_id: id,
      customer_id: customer,
      name: "Added by the tests",
    }),
    identity: ["organization_id", "name"],
  },
  update: { rule: "opportunities.write", columns: opportunityColumns, change: { next_step: "Changed by the tests" } },
};

export const stageHistoryLine: RelationLine = {
  organization: "organization_id",
  own: ["(select deal.owner_id from public.opportunities as deal where deal.id = opportunity_id)"],
  select: "opportunities.read",
};

export const opportunityFunctions: Record<string, FunctionLine> = {
  opportunities_page: {
    allowed: "opportunities.read",
    forOwn: true,
    args: ({ organization, opportunity }) => ({ organization, beside: opportunity.id }),
  },
  count_opportunities: {
    allowed: "opportunities.read",
    forOwn: true,
    args: ({ organization }) => ({ organization }),
  },
  pipeline_summary: {
    allowed: "opportunities.read",
    forOwn: true,
    args: ({ organization, partner }) => ({ organization, partner: partner.id }),
  },
  move_opportunity: {
    allowed: "opportunities.write",
    forOwn: true,
    args: ({ organization, opportunity, partner }) => ({
      organization,
      opportunity: opportunity.id,
      partner: partner.id,
      seen_version: opportunity.version,
    }),
  },
};
