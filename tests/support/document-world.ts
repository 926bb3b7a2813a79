// Documents of the world of tests: one that nobody owns, with a file, one of each who may only write what is their own, and resources
// of the same.
import { randomUUID } from "node:crypto";
import type { Ask } from "./owner.ts";
import type { Organization } from "./world.ts";

export async function addDocuments(ask: Ask, organization: Organization, reps: string[]): Promise<void> {
  const { id, canary, partner } = organization;
  await addVersion(ask, await addDocument(ask, organization, `${canary} agreement`), canary);
  for (const owner of [null, ...reps]) {
    if (owner) await addDocument(ask, organization, `${canary} plan of a rep`, owner);
    await ask(
      `insert into public.partner_resources (organization_id, partner_id, owner_id, title, description, url, document_type, published_at)
       values ($1, $2, $4, $3 || ' playbook', $3, 'https://' || $3 || '.example/playbook', 'plan', now())`,
      [id, partner, canary, owner],
    );
  }
}

export interface DocumentPlace {
  organization: string;
  partner: string;
  document: string;
}

export async function addDocument(
  ask: Ask,
  { id, partner }: Pick<Organization, "id" | "partner">,
  title: string,
  owner: string | null = null,
): Promise<DocumentPlace> {
  const [document] = await ask<{ id: string }>(
    `insert into public.partner_documents (organization_id, partner_id, owner_id, title, document_type)
     values ($1, $2, $3, $4, 'agreement') returning id`,
    [id, partner, owner, title],
  );
  if (!document) throw new Error("The document was not made.");
  return { organization: id, partner, document: document.id };
}

/** Announced and nothing more; gives its path. */
export async function addVersion(
  ask: Ask,
  place: DocumentPlace,
  canary: string,
  by: string | null = null,
): Promise<string> {
  const id = randomUUID();
  const path = `${place.organization}/${place.partner}/${place.document}/${id}/file.pdf`;
  await ask(
    `insert into public.partner_document_versions
       (id, organization_id, partner_id, document_id, number, storage_path, file_name, mime_type, size_bytes, uploaded_by)
     select $1, $2, $3, $4, count(*) + 1, $5, $6 || '.pdf', 'application/pdf', 1000, $7
     from public.partner_document_versions where document_id = $4`,
    [id, place.organization, place.partner, place.document, path, canary, by],
  );
  return path;
}
