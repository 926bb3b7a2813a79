// What a partner is called in the database and what it is called here.
import type { TablesInsert, TablesUpdate } from "@/shared/types/database.types";
import type { Partner, PartnerFields } from "../types";

export const partnerColumns =
  "id, name, domain, website, status, tier, region, tags, relationship_health, primary_contact_name, primary_contact_email, primary_contact_phone, primary_contact_role, agreement_starts_on, agreement_ends_on, agreement_renews_on, agreement_terms, notes, archived_at, created_at, updated_at, version, owner_id, owner:memberships!partners_owner_id_fkey(display_name, avatar_color)";

export interface PartnerRow {
  id: string;
  name: string;
  domain: string | null;
  website: string | null;
  status: string;
  tier: string | null;
  region: string | null;
  tags: string[];
  relationship_health: number;
  primary_contact_name: string | null;
  primary_contact_email: string | null;
  primary_contact_phone: string | null;
  primary_contact_role: string | null;
  agreement_starts_on: string | null;
  agreement_ends_on: string | null;
  agreement_renews_on: string | null;
  agreement_terms: string | null;
  notes: string | null;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
  version: number;
  owner_id: string | null;
  owner: { display_name: string; avatar_color: string } | null;
}

export function partnerOf(row: PartnerRow): Partner {
  return {
    id: row.id,
    name: row.name,
    domain: row.domain,
    website: row.website,
    status: row.status,
    tier: row.tier,
    owner: personOf(row.owner_id, row.owner),
    region: row.region,
    tags: row.tags,
    health: row.relationship_health,
    contactName: row.primary_contact_name,
    contactEmail: row.primary_contact_email,
    contactPhone: row.primary_contact_phone,
    contactRole: row.primary_contact_role,
    agreementStartsOn: row.agreement_starts_on,
    agreementEndsOn: row.agreement_ends_on,
    agreementRenewsOn: row.agreement_renews_on,
    agreementTerms: row.agreement_terms,
    notes: row.notes,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

/** Who may not see the members sees that there is somebody, and not who. */
export function personOf(id: string | null, member: { display_name: string; avatar_color: string } | null) {
  return id === null
    ? null
    : { id, name: member?.display_name ?? "A colleague", colour: member?.avatar_color ?? "slate" };
}

const columnOf = {
  name: "name",
  domain: "domain",
  website: "website",
  status: "status",
  tier: "tier",
  ownerId: "owner_id",
  region: "region",
  tags: "tags",
  contactName: "primary_contact_name",
  contactEmail: "primary_contact_email",
  contactPhone: "primary_contact_phone",
  contactRole: "primary_contact_role",
  agreementStartsOn: "agreement_starts_on",
  agreementEndsOn: "agreement_ends_on",
  agreementRenewsOn: "agreement_renews_on",
  agreementTerms: "agreement_terms",
  notes: "notes",
} as const satisfies Record<keyof PartnerFields, keyof TablesUpdate<"partners">>;

/** Only the columns of the fields that are given. */
export function partnerColumnsOf(fields: Partial<PartnerFields>): TablesUpdate<"partners"> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [columnOf[field as keyof PartnerFields], value]),
  );
}

export function newPartnerRow(
  organizationId: string,
  fields: PartnerFields,
  clientKey: string,
): TablesInsert<"partners"> {
  return {
    ...(partnerColumnsOf(fields) as Omit<TablesInsert<"partners">, "organization_id">),
    organization_id: organizationId,
    client_key: clientKey,
  };
}

/** The field that a column of the database is called here: what it finds wrong is said beside it. */
export function partnerFieldOf(column: string): keyof PartnerFields | undefined {
  return (Object.keys(columnOf) as (keyof PartnerFields)[]).find((field) => columnOf[field] === column);
}
