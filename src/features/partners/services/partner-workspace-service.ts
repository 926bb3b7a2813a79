// One partner and what belongs to it. Every change names the version that was seen: an older one changes nothing.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Partner, PartnerFields } from "../types";
import { newPartnerRow, type PartnerRow, partnerColumns, partnerColumnsOf, partnerOf } from "./partner-rows";

async function getPartnerById(organizationId: string, id: string, signal?: AbortSignal): Promise<Partner> {
  const asked = supabase().from("partners").select(partnerColumns).eq("organization_id", organizationId).eq("id", id);
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked).single();
  if (error) throw toAppError(error);
  return partnerOf(data as PartnerRow);
}

/** Safe to try again with the same key: the row of the first attempt is answered with, and none is added. */
async function createPartner(organizationId: string, fields: PartnerFields, clientKey: string): Promise<Partner> {
  const { data, error } = await supabase()
    .from("partners")
    .insert(newPartnerRow(organizationId, fields, clientKey))
    .select(partnerColumns)
    .single();
  if (!error) return partnerOf(data as PartnerRow);
  const made = error.code === "23505" && (await madeBefore(organizationId, clientKey));
  if (!made) throw toAppError(error);
  return made;
}

async function madeBefore(organizationId: string, clientKey: string): Promise<Partner | null> {
  const { data, error } = await supabase()
    .from("partners")
    .select(partnerColumns)
    .eq("organization_id", organizationId)
    .eq("client_key", clientKey)
    .maybeSingle();
  if (error) throw toAppError(error);
  return data && partnerOf(data as PartnerRow);
}

/** Nothing changes when the partner is not the version that was seen: PW006. */
async function updatePartner(
  organizationId: string,
  id: string,
  changes: Partial<PartnerFields>,
  seenVersion: number,
): Promise<Partner> {
  const { data, error } = await supabase()
    .from("partners")
    .update(partnerColumnsOf(changes))
    .eq("organization_id", organizationId)
    .eq("id", id)
    .eq("version", seenVersion)
    .select(partnerColumns)
    .maybeSingle();
  if (error) throw toAppError(error);
  if (!data) throw toAppError({ code: "PW006" });
  return partnerOf(data as PartnerRow);
}

export const partnerWorkspaceService = { getPartnerById, createPartner, updatePartner };
