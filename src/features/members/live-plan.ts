import { rolesQuery } from "@/features/roles";
import type { LivePlan } from "@/shared/lib/live/follow";
import type { LiveChange } from "@/shared/lib/live/types";
import { memberKeys } from "./queries";

/** Members stand in the order of the list, whatever of them changes, and are read again with the page that shows them. */
export function membersPlan(organizationId: string): LivePlan {
  const members = { queryKey: memberKeys.of(organizationId) };
  const invitations = { queryKey: memberKeys.invitations(organizationId) };
  const seats = { queryKey: memberKeys.seats(organizationId) };
  const roles = { queryKey: rolesQuery(organizationId).queryKey };
  const isNamed = ({ op, columns }: LiveChange) => op !== "update" || columns.includes("name");
  return {
    within: [members.queryKey, roles.queryKey],
    rules: [
      { tables: ["memberships"], stale: () => [members] },
      { tables: ["invitations"], stale: () => [invitations, seats] },
      { tables: ["roles"], stale: (change) => (isNamed(change) ? [roles, members] : [roles]) },
      { tables: ["role_permissions"], stale: () => [roles] },
    ],
  };
}
