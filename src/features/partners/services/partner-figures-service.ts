// What the tops of the pages say. The database counts; what a person may not see is null.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { DirectorySummary, PartnerFigures } from "../types";

export async function fetchSummaryMetrics(organizationId: string, signal?: AbortSignal): Promise<DirectorySummary> {
  const asked = supabase().rpc("partner_summary", { organization: organizationId });
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked);
  if (error) throw toAppError(error);
  const { active, all, pipeline, open_referrals } = data as unknown as Omit<DirectorySummary, "openReferrals"> & {
    open_referrals: number | null;
  };
  return { active, all, pipeline, openReferrals: open_referrals };
}

export async function getPartnerFigures(
  organizationId: string,
  partnerId: string,
  signal?: AbortSignal,
): Promise<PartnerFigures> {
  const asked = supabase().rpc("partner_figures", { organization: organizationId, partner: partnerId });
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked);
  if (error) throw toAppError(error);
  return data as unknown as PartnerFigures;
}
