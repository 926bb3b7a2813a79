import type { LivePlan } from "@/shared/lib/live/follow";
import { configurationKeys } from "./queries";

/** Together, because a setting may inherit from another organization or name entries of another setting. */
export function configurationPlan(organizationId: string): LivePlan {
  const settings = { queryKey: configurationKeys.settings(organizationId) };
  return { within: [settings.queryKey], rules: [{ tables: ["configurations"], stale: () => [settings] }] };
}
