// One partner and what belongs to it. Every change names the version that was seen: an older one changes nothing. Every create
// has a key: tried again, it makes no second row.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Partner, PartnerFields } from "../types";
import { getActivityFacets, getPartnerActivity, logInteraction } from "./partner-activity-service";
import { addDocument, archiveDocument, getFileLink, getPartnerDocs, updateDocument } from "./partner-document-service";
import { getPartnerFigures } from "./partner-figures-service";
import {
  advanceReferral,
  createPartnerReferral,
  getPartnerReferrals,
  getReferralsByIds,
  updateReferral,
} from "./partner-referral-service";
import { newPartnerRow, type PartnerRow, partnerColumns, partnerColumnsOf, partnerOf } from "./partner-rows";
import {
  completeTask,
  createTask,
  deleteTask,
  getPartnerTasks,
  getTasksByIds,
  setTaskStatus,
  updateTask,
} from "./partner-task-service";
import { changedRow, createOnce } from "./safe-create";

async function getPartnerById(organizationId: string, id: string, signal?: AbortSignal): Promise<Partner> {
  const asked = supabase().from("partners").select(partnerColumns).eq("organization_id", organizationId).eq("id", id);
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked).single();
  if (error) throw toAppError(error);
  return partnerOf(data as PartnerRow);
}

async function createPartner(organizationId: string, fields: PartnerFields, clientKey: string): Promise<Partner> {
  const row = await createOnce<PartnerRow>(
    () =>
      supabase()
        .from("partners")
        .insert(newPartnerRow(organizationId, fields, clientKey))
        .select(partnerColumns)
        .single(),
    () =>
      supabase()
        .from("partners")
        .select(partnerColumns)
        .eq("organization_id", organizationId)
        .eq("client_key", clientKey)
        .maybeSingle(),
  );
  return partnerOf(row);
}

async function updatePartner(
  organizationId: string,
  id: string,
  changes: Partial<PartnerFields>,
  seenVersion: number,
): Promise<Partner> {
  const answer = await supabase()
    .from("partners")
    .update(partnerColumnsOf(changes))
    .eq("organization_id", organizationId)
    .eq("id", id)
    .eq("version", seenVersion)
    .select(partnerColumns)
    .maybeSingle();
  return partnerOf(changedRow<PartnerRow>(answer));
}

export const partnerWorkspaceService = {
  getPartnerById,
  getPartnerFigures,
  createPartner,
  updatePartner,
  getPartnerTasks,
  getTasksByIds,
  createTask,
  updateTask,
  completeTask,
  setTaskStatus,
  deleteTask,
  getPartnerReferrals,
  getReferralsByIds,
  createPartnerReferral,
  updateReferral,
  advanceReferral,
  getPartnerDocs,
  addDocument,
  updateDocument,
  archiveDocument,
  getFileLink,
  getPartnerActivity,
  getActivityFacets,
  logInteraction,
};
