import { useMemo } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { useLive } from "@/shared/lib/live/use-live";
import type { Permission } from "@/shared/lib/permissions";
import { partnersPlan } from "../live-plan";

interface Area {
  name: string;
  permission: Permission;
}

const configuration: Area = { name: "configuration", permission: "config.read" };

/** The directory shows rows of partners, and figures of referrals and deals. */
const ofDirectory: Area[] = [
  { name: "partners:referrals", permission: "referrals.read" },
  { name: "partners:opportunities", permission: "opportunities.read" },
  configuration,
];

const ofPartner = (id: string): Area[] => [
  { name: `partner:${id}:tasks`, permission: "tasks.read" },
  { name: `partner:${id}:referrals`, permission: "referrals.read" },
  { name: `partner:${id}:documents`, permission: "documents.read" },
  { name: `partner:${id}:activity`, permission: "activity.read" },
  { name: `partner:${id}:opportunities`, permission: "opportunities.read" },
  { name: `partner:${id}:commissions`, permission: "commissions.read" },
  configuration,
];

/** Keeps the directory, or one partner's workspace, as it is in the database, as far as this person may see it. */
export function usePartnersLive(partnerId: string | null): void {
  const { organization, can } = useActiveOrganization();
  const plan = useMemo(() => partnersPlan(organization.id), [organization.id]);
  const areas = partnerId === null ? ofDirectory : ofPartner(partnerId);
  // Rows of one's own, where one may see no others, are told to the person and not to an area.
  const mayHear = areas.filter(({ permission }) => can(permission) === "all").map(({ name }) => name);
  useLive(organization.id, ["partners", ...mayHear], plan);
}
