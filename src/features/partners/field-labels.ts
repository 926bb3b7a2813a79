import type { PartnerFields } from "./types";

/** As the forms and the record call them. */
export const fieldLabels: Record<keyof PartnerFields, string> = {
  name: "Name",
  domain: "Domain",
  website: "Website",
  status: "Status",
  tier: "Tier",
  ownerId: "Owner",
  region: "Region",
  tags: "Tags",
  contactName: "Contact's name",
  contactEmail: "E-mail address",
  contactPhone: "Phone",
  contactRole: "Role",
  agreementStartsOn: "Starts",
  agreementEndsOn: "Ends",
  agreementRenewsOn: "Renews",
  agreementTerms: "Terms",
  notes: "Notes",
};

export const partnerFieldNamed = (name: string | null): keyof PartnerFields | null =>
  name !== null && Object.hasOwn(fieldLabels, name) ? (name as keyof PartnerFields) : null;
