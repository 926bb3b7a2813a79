import type { LivePlan } from "@/shared/lib/live/follow";
import { roleKeys } from "./queries";

export function rolesPlan(organizationId: string): LivePlan {
  const roles = { queryKey: roleKeys.of(organizationId) };
  return {
    within: [roles.queryKey],
    rules: [{ tables: ["roles", "role_permissions", "memberships", "invitations"], stale: () => [roles] }],
  };
}
