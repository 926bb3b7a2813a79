// What the platform's staff do with organizations. To everybody else the database answers with nothing.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import { type PlatformOrganization, type Tier, tiers } from "../types";

export async function getPlatformOrganizations(signal: AbortSignal): Promise<PlatformOrganization[]> {
  const { data, error } = await supabase().rpc("platform_organizations").abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map((row) => ({
    id: row.organization_id,
    name: row.name,
    slug: row.slug,
    parentId: row.parent_id,
    tier: tiers.find((tier) => tier === row.subscription_tier) ?? "basic",
    seatLimit: row.seat_limit,
    seatsTaken: row.seats_taken,
    isActive: row.is_active,
    createdAt: row.created_at,
    accessUntil: row.access_until,
  }));
}

export async function setActive(organizationId: string, active: boolean, reason: string): Promise<void> {
  const { error } = await supabase().rpc("set_organization_active", { organization: organizationId, active, reason });
  if (error) throw toAppError(error);
}

export async function setSubscription(organizationId: string, tier: Tier, seats: number): Promise<void> {
  const { error } = await supabase().rpc("set_subscription", { organization: organizationId, tier, seats });
  if (error) throw toAppError(error);
}

export async function openAccess(organizationId: string, reason: string, minutes: number): Promise<void> {
  const { error } = await supabase().rpc("open_platform_access", { organization: organizationId, reason, minutes });
  if (error) throw toAppError(error);
}

export async function closeAccess(organizationId: string): Promise<void> {
  const { error } = await supabase().rpc("close_platform_access", { organization: organizationId });
  if (error) throw toAppError(error);
}
