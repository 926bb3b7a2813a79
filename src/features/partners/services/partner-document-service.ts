// Agreements, plans and files of a partner.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { DocFields, PartnerDoc } from "../types";
import { personOf } from "./partner-rows";
import { changedRow, createOnce } from "./safe-create";

const MOST = 200;
const BUCKET = "partner-documents";
/** Long enough to begin a download, too short to be passed on. */
const LINK_SECONDS = 60;

const columns =
  "id, title, document_type, notion_url, tags, is_shared, current_version, source, updated_at, version, owner_id, owner:memberships!partner_documents_owner_fkey(display_name, avatar_color)";

interface DocRow {
  id: string;
  title: string;
  document_type: string;
  notion_url: string | null;
  tags: string[];
  is_shared: boolean;
  current_version: number;
  source: string;
  updated_at: string;
  version: number;
  owner_id: string | null;
  owner: { display_name: string; avatar_color: string } | null;
}

const docOf = (row: DocRow): PartnerDoc => ({
  id: row.id,
  title: row.title,
  type: row.document_type,
  url: row.notion_url,
  tags: row.tags,
  isShared: row.is_shared,
  fileNumber: row.current_version,
  owner: personOf(row.owner_id, row.owner),
  source: row.source,
  updatedAt: row.updated_at,
  version: row.version,
});

export async function getPartnerDocs(
  organizationId: string,
  partnerId: string,
  signal?: AbortSignal,
): Promise<PartnerDoc[]> {
  const asked = supabase()
    .from("partner_documents")
    .select(columns)
    .eq("organization_id", organizationId)
    .eq("partner_id", partnerId)
    .is("archived_at", null)
    .order("updated_at", { ascending: false })
    .order("id")
    .limit(MOST);
  const { data, error } = await (signal ? asked.abortSignal(signal) : asked);
  if (error) throw toAppError(error);
  return (data as DocRow[]).map(docOf);
}

export async function addDocument(
  organizationId: string,
  partnerId: string,
  fields: DocFields,
  clientKey: string,
): Promise<PartnerDoc> {
  const row = await createOnce<DocRow>(
    () =>
      supabase()
        .from("partner_documents")
        .insert({
          ...columnsOf(fields),
          organization_id: organizationId,
          partner_id: partnerId,
          client_key: clientKey,
        })
        .select(columns)
        .single(),
    () =>
      supabase()
        .from("partner_documents")
        .select(columns)
        .eq("organization_id", organizationId)
        .eq("client_key", clientKey)
        .maybeSingle(),
  );
  return docOf(row);
}

export async function updateDocument(
  organizationId: string,
  seen: Pick<PartnerDoc, "id" | "version">,
  fields: DocFields,
): Promise<PartnerDoc> {
  return change(organizationId, seen, columnsOf(fields));
}

/** Out of the list; it stays in the history, with its files. */
export async function archiveDocument(
  organizationId: string,
  seen: Pick<PartnerDoc, "id" | "version">,
  archive: boolean,
): Promise<PartnerDoc> {
  return change(organizationId, seen, { archived_at: archive ? new Date().toISOString() : null });
}

/** An address that opens the newest file for a minute. */
export async function getFileLink(organizationId: string, doc: Pick<PartnerDoc, "id" | "fileNumber">): Promise<string> {
  const { data: file, error } = await supabase()
    .from("partner_document_versions")
    .select("storage_path, file_name")
    .eq("organization_id", organizationId)
    .eq("document_id", doc.id)
    .eq("number", doc.fileNumber)
    .single();
  if (error) throw toAppError(error);
  const link = await supabase()
    .storage.from(BUCKET)
    .createSignedUrl(file.storage_path, LINK_SECONDS, { download: file.file_name });
  if (link.error) throw toAppError(link.error);
  return link.data.signedUrl;
}

type Columns = Partial<ReturnType<typeof columnsOf>> & { archived_at?: string | null };

async function change(
  organizationId: string,
  seen: Pick<PartnerDoc, "id" | "version">,
  changes: Columns,
): Promise<PartnerDoc> {
  const answer = await supabase()
    .from("partner_documents")
    .update(changes)
    .eq("organization_id", organizationId)
    .eq("id", seen.id)
    .eq("version", seen.version)
    .select(columns)
    .maybeSingle();
  return docOf(changedRow<DocRow>(answer));
}

const columnsOf = (fields: DocFields) => ({
  title: fields.title,
  document_type: fields.type,
  notion_url: fields.url,
  is_shared: fields.isShared,
  owner_id: fields.ownerId,
});
