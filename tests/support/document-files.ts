// Files of documents as the app handles them: announced, uploaded, finished; and what the owner sees of them afterwards.
import { createHash } from "node:crypto";
import { expect } from "vitest";
import { changesNothing } from "./attack.ts";
import { clientOf } from "./clients.ts";
import type { DocumentPlace } from "./document-world.ts";
import type { Ask } from "./owner.ts";
import type { Persona, World } from "./world.ts";

export const BUCKET = "partner-documents";
export const filesOf = (who: Persona | null) => clientOf(who).storage.from(BUCKET);
export const pdf = (content: string): Blob => new Blob([`%PDF-1.7\n${content}`], { type: "application/pdf" });

export function announce(
  who: Persona | null,
  { organization, document }: DocumentPlace,
  given: Record<string, unknown> = {},
) {
  return clientOf(who).rpc("start_document_version", {
    organization,
    document,
    file_name: "Agreement 2026.pdf",
    mime_type: "application/pdf",
    size_bytes: 20,
    ...given,
  });
}

export const finish = (who: Persona | null, { organization }: DocumentPlace, path: string) =>
  clientOf(who).rpc("finish_document_version", { organization, path });

/** All three steps; gives the path. */
export async function addFile(who: Persona, place: DocumentPlace, content: string): Promise<string> {
  const { data: path, error } = await announce(who, place);
  expect(error).toBeNull();
  expect((await filesOf(who).upload(path, pdf(content))).error).toBeNull();
  expect((await finish(who, place, path)).error).toBeNull();
  return path;
}

export async function contentOf(who: Persona, path: string): Promise<string | undefined> {
  return (await filesOf(who).download(path)).data?.text();
}

/** What the world's organizations have in the bucket, as the owner sees it. */
async function inventory(ask: Ask, { organizations }: World): Promise<string> {
  const rows = await ask<{ row: string }>(
    "select o::text as row from storage.objects as o where bucket_id = $1 and split_part(name, '/', 1) = any ($2) order by name",
    [BUCKET, Object.values(organizations).map(({ id }) => id)],
  );
  return createHash("sha256")
    .update(rows.map(({ row }) => row).join("\n"))
    .digest("hex");
}

/** The attack happens, and every row and every file is as before. */
export async function leavesFilesAlone<T>(ask: Ask, world: World, attack: () => Promise<T>): Promise<T> {
  const before = await inventory(ask, world);
  const answer = await changesNothing(ask, world, attack);
  expect(await inventory(ask, world), "the owner finds every file as it was").toBe(before);
  return answer;
}
