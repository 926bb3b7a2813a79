// A fresh document with an announced file, for functions to act upon.
import { addDocument, addVersion } from "./document-world.ts";
import type { Ask } from "./owner.ts";
import type { Versioned } from "./targets.ts";
import type { Organization } from "./world.ts";

export interface DocumentTargets {
  document: Versioned;
  /** Where a file of it was announced and has not come. */
  announcedPath: string;
}

export async function prepareDocumentTargets(
  ask: Ask,
  organization: Organization,
  word: string,
): Promise<DocumentTargets> {
  const place = await addDocument(ask, organization, `Document ${word}`);
  return { document: { id: place.document, version: 1 }, announcedPath: await addVersion(ask, place, word) };
}
