// What a partner brings.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { TablesInsert } from "@/shared/types/database.types";
import type { Outcome, Referral, ReferralFields } from "../types";
import { personOf } from "./partner-rows";
import { changedRow, createOnce } from "./safe-create";

export const REFERRALS_AT_ONCE = 50;

// The amount as text: a float would round what it cannot hold.
const columns =
  "id, client_name, client_email, client_company, client_website, account_domain, estimated_value::text, currency, status, outcome, referred_at, decided_at, decision_reason, source, notes, version, owner_id, owner:memberships!partner_referrals_owner_id_fkey(display_name, avatar_color)";

interface ReferralRow {
  id: string;
  client_name: string;
  client_email: string | null;
  client_company: string | null;
  client_website: string | null;
  account_domain: string | null;
  estimated_value: string | null;
  currency: string | null;
  status: string;
  outcome: string;
  referred_at: string;
  decided_at: string | null;
  decision_reason: string | null;
  source: string;
  notes: string | null;
  version: number;
  owner_id: string | null;
  owner: { display_name: string; avatar_color: string } | null;
}

const referralOf = (row: ReferralRow): Referral => ({
  id: row.id,
  clientName: row.client_name,
  clientEmail: row.client_email,
  clientCompany: row.client_company,
  clientWebsite: row.client_website,
  accountDomain: row.account_domain,
  estimatedValue: row.estimated_value,
  currency: row.currency,
  status: row.status,
  outcome: row.outcome as Outcome,
  referredAt: row.referred_at,
  decidedAt: row.decided_at,
  decisionReason: row.decision_reason,
  owner: personOf(row.owner_id, row.owner),
  source: row.source,
  notes: row.notes,
  version: row.version,
});

/** Newest first, those after the one that is named. */
export async function getPartnerReferrals(
  organizationId: string,
  partnerId: string,
  after: Pick<Referral, "id" | "referredAt"> | null,
  signal?: AbortSignal,
): Promise<Referral[]> {
  let asked = supabase()
    .from("partner_referrals")
    .select(columns)
    .eq("organization_id", organizationId)
    .eq("partner_id", partnerId);
  // The first condition says nothing new: it is the one that the index begins at.
  if (after)
    asked = asked
      .lte("referred_at", after.referredAt)
      .or(`referred_at.lt."${after.referredAt}",and(referred_at.eq."${after.referredAt}",id.lt.${after.id})`);
  const page = asked
    .order("referred_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(REFERRALS_AT_ONCE);
  const { data, error } = await (signal ? page.abortSignal(signal) : page);
  if (error) throw toAppError(error);
  return (data as ReferralRow[]).map(referralOf);
}

export async function getReferralsByIds(organizationId: string, ids: readonly string[]): Promise<Referral[]> {
  const { data, error } = await supabase()
    .from("partner_referrals")
    .select(columns)
    .eq("organization_id", organizationId)
    .in("id", ids);
  if (error) throw toAppError(error);
  return (data as ReferralRow[]).map(referralOf);
}

export async function createPartnerReferral(
  organizationId: string,
  partnerId: string,
  fields: ReferralFields,
  clientKey: string,
): Promise<Referral> {
  const row = await createOnce<ReferralRow>(
    () =>
      supabase()
        .from("partner_referrals")
        // Its first stage is the database's to say.
        .insert({
          ...columnsOf(fields),
          organization_id: organizationId,
          partner_id: partnerId,
          client_key: clientKey,
        } as TablesInsert<"partner_referrals">)
        .select(columns)
        .single(),
    () =>
      supabase()
        .from("partner_referrals")
        .select(columns)
        .eq("organization_id", organizationId)
        .eq("client_key", clientKey)
        .maybeSingle(),
  );
  return referralOf(row);
}

export async function updateReferral(
  organizationId: string,
  seen: Pick<Referral, "id" | "version">,
  fields: ReferralFields,
): Promise<Referral> {
  const answer = await supabase()
    .from("partner_referrals")
    .update(columnsOf(fields))
    .eq("organization_id", organizationId)
    .eq("id", seen.id)
    .eq("version", seen.version)
    .select(columns)
    .maybeSingle();
  return referralOf(changedRow<ReferralRow>(answer));
}

/** To another stage; the reason is wanted where it is lost. Answers with the new version. */
export async function advanceReferral(
  organizationId: string,
  seen: Pick<Referral, "id" | "version">,
  status: string,
  reason: string | null,
): Promise<number> {
  const { data, error } = await supabase().rpc("advance_referral", {
    organization: organizationId,
    referral: seen.id,
    status,
    seen_version: seen.version,
    ...(reason && { reason }),
  });
  if (error) throw toAppError(error);
  const version = typeof data === "object" && data !== null ? Reflect.get(data, "version") : null;
  if (typeof version !== "number") throw toAppError({ message: "The answer has no version." });
  return version;
}

const columnsOf = (fields: ReferralFields) => ({
  client_name: fields.clientName,
  client_email: fields.clientEmail,
  client_company: fields.clientCompany,
  client_website: fields.clientWebsite,
  // As text, which the database reads exactly; the generated type knows numbers only.
  estimated_value: fields.estimatedValue as unknown as number | null,
  currency: fields.currency,
  owner_id: fields.ownerId,
  notes: fields.notes,
});
