// Files on the partner's side: what is shared with it, what its people bring, and that nothing else of the bucket is there for them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { addFile, announce, contentOf, filesOf, leavesFilesAlone, pdf } from "../../support/document-files.ts";
import { addDocument, type DocumentPlace } from "../../support/document-world.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let manager: Persona;
let guest: Persona;
let shared: DocumentPlace;
let sharedPath: string;
let internalPath: string;
beforeAll(async () => {
  world = await buildWorld(ask);
  manager = persona(world, "partnership_manager");
  guest = persona(world, "partner user");
  shared = await addDocument(ask, world.organizations.a, "Shared");
  sharedPath = await addFile(manager, shared, "shared");
  await share(shared, true);
  internalPath = await addFile(manager, await addDocument(ask, world.organizations.a, "Internal"), "internal");
});
afterAll(() => owner.close());

const share = (place: DocumentPlace, isShared: boolean) =>
  ask("update public.partner_documents set is_shared = $2 where id = $1", [place.document, isShared]);
const bring = (who: Persona, partner = world.organizations.a.partner) =>
  clientOf(who).rpc("portal_add_document", {
    partner,
    title: "Our plan",
    document_type: "plan",
    file_name: "plan.pdf",
    mime_type: "application/pdf",
    size_bytes: 20,
  });
/** Everybody of some partner but the one whose files these are. */
const others = () =>
  [
    "user of another partner",
    "removed partner user",
    "foreign partner user",
    "partner user of a suspended organization",
  ].map((label) => persona(world, label));

test("what is shared opens for the partner's people, and for nobody else's", async () => {
  expect(await contentOf(guest, sharedPath)).toBe("%PDF-1.7\nshared");
  const folder = sharedPath.split("/").slice(0, 4).join("/");
  expect((await filesOf(guest).list(folder)).data).toHaveLength(1);
  for (const who of others()) {
    expect(await contentOf(who, sharedPath), who.label).toBeUndefined();
    expect((await filesOf(who).list(folder)).data, who.label).toEqual([]);
    expect((await filesOf(who).createSignedUrl(sharedPath, 60)).error, who.label).not.toBeNull();
  }
});

test("what is not shared is not there: no file, no folder, no address", async () => {
  const none = internalPath.replace(/[^/]+$/, "none.pdf");
  for (const way of ["download", "info", "exists"] as const) {
    const told = async (path: string) => JSON.stringify(await filesOf(guest)[way](path)).replaceAll(path, "…");
    expect(await told(internalPath), way).toBe(await told(none));
  }
  const names = (await filesOf(guest).list(internalPath.split("/").slice(0, 2).join("/"))).data?.map(
    ({ name }) => name,
  );
  expect(names).toContain(shared.document);
  expect(names).not.toContain(internalPath.split("/")[2]);
  expect((await filesOf(guest).createSignedUrls([internalPath, sharedPath], 60)).data).toMatchObject([
    { signedUrl: null },
    { signedUrl: expect.stringContaining("token=") },
  ]);
});

test("an address ends when the document is no longer shared, and when the person is no longer the partner's", async () => {
  const { data } = await filesOf(guest).createSignedUrl(sharedPath, 60);
  const status = async () => (await fetch(data?.signedUrl ?? "")).status;
  expect(await status()).toBe(200);
  await share(shared, false);
  expect([await status(), await contentOf(guest, sharedPath)]).toEqual([400, undefined]);
  await share(shared, true);
  expect(await status()).toBe(200);
  await ask("update public.partners set archived_at = now() where id = $1", [shared.partner]);
  expect([await status(), await contentOf(guest, sharedPath)]).toEqual([400, undefined]);
  await ask("update public.partners set archived_at = null where id = $1", [shared.partner]);
  expect(await status()).toBe(200);
});

test("an earlier file of what is shared stays ours", async () => {
  const place = await addDocument(ask, world.organizations.a, "Two files");
  const first = await addFile(manager, place, "draft with notes");
  const second = await addFile(manager, place, "final");
  await share(place, true);
  expect(await contentOf(guest, first)).toBeUndefined();
  expect(await contentOf(guest, second)).toBe("%PDF-1.7\nfinal");
});

test("a partner brings a file: announced, uploaded and finished by the same person, and our people see it", async () => {
  const { data, error } = await bring(guest);
  expect(error).toBeNull();
  const colleague = persona(world, "user of another partner");
  await leavesFilesAlone(ask, world, async () => {
    for (const who of [...others(), manager, persona(world, "outsider"), null])
      expect((await filesOf(who).upload(data.path, pdf("forged"))).error, who?.label).toMatchObject({
        statusCode: "403",
      });
    expect(
      (await clientOf(colleague).rpc("portal_finish_document", { partner: shared.partner, path: data.path })).error
        ?.code,
    ).toBe("42501");
  });
  expect((await filesOf(guest).upload(data.path, pdf("from the partner"))).error).toBeNull();
  const finished = await clientOf(guest).rpc("portal_finish_document", { partner: shared.partner, path: data.path });
  expect(finished.error).toBeNull();
  expect(await contentOf(guest, data.path)).toBe("%PDF-1.7\nfrom the partner");
  expect(await contentOf(persona(world, "vp"), data.path)).toBe("%PDF-1.7\nfrom the partner");
  const [version] = await ask(
    "select source, uploaded_by from public.partner_document_versions where storage_path = $1",
    [data.path],
  );
  expect(version).toEqual({ source: "portal", uploaded_by: guest.id });
});

test("a partner puts nothing elsewhere, over our files, or away", async () => {
  const { data: ours } = await announce(manager, shared);
  await leavesFilesAlone(ask, world, async () => {
    for (const target of [ours, sharedPath, internalPath, sharedPath.replace(/[^/]+$/, "mine.pdf"), "mine.pdf"]) {
      expect((await filesOf(guest).upload(target, pdf("forged"))).error, target).toMatchObject({ statusCode: "403" });
      expect((await filesOf(guest).upload(target, pdf("forged"), { upsert: true })).error, target).not.toBeNull();
      expect((await filesOf(guest).update(target, pdf("forged"))).error, target).not.toBeNull();
      expect((await filesOf(guest).copy(sharedPath, target)).error, target).not.toBeNull();
      expect((await filesOf(guest).move(sharedPath, target)).error, target).not.toBeNull();
      expect((await filesOf(guest).createSignedUploadUrl(target)).error, target).not.toBeNull();
      expect((await filesOf(guest).remove([target])).data, target).toEqual([]);
    }
    expect((await announce(guest, shared)).error?.code).toBe("42501");
    expect((await bring(guest, world.organizations.b.partner)).error?.code).toBe("42501");
  });
  expect(await contentOf(manager, internalPath)).toBe("%PDF-1.7\ninternal");
});
