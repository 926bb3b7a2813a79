// What a partner is paid, where that differs from the configured default.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { CommissionTerms } from "../types";

/** Null: the partner inherits. */
export async function getCommissionTerms(
  organizationId: string,
  partnerId: string,
  signal: AbortSignal,
): Promise<CommissionTerms | null> {
  const { data, error } = await supabase()
    .from("partner_commission_terms")
    .select("commission_type, rate::text, payment_model, currency, deal_minimum::text, deal_maximum::text, tiers")
    .eq("organization_id", organizationId)
    .eq("partner_id", partnerId)
    .abortSignal(signal)
    .maybeSingle();
  if (error) throw toAppError(error);
  return (
    data && {
      type: data.commission_type,
      rate: data.rate,
      paymentModel: data.payment_model,
      currency: data.currency,
      minimum: data.deal_minimum,
      maximum: data.deal_maximum,
      steps: data.tiers as unknown as CommissionTerms["steps"],
    }
  );
}
