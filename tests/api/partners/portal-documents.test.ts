// Files in the portal: what a guest adds, opens and cannot reach, through the Storage API.
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { addFile, contentOf, filesOf, leavesFilesAlone, pdf } from "../../support/document-files.ts";
import { addDocument } from "../../support/document-world.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let guest: Persona;
let manager: Persona;
const strangers = [
  "user of another partner",
  "removed partner user",
  "foreign partner user",
  "outsider",
  "foreign admin",
];
beforeAll(async () => {
  world = await buildWorld(ask);
  guest = persona(world, "partner user");
  manager = persona(world, "partnership_manager");
});
afterAll(() => owner.close());

const inPortal = (name: string, args: Record<string, unknown> = {}, who = guest) =>
  clientOf(who).rpc(name, { partner: world.organizations.a.partner, ...args });
const begin = async () => {
  const { data } = await inPortal("portal_add_document", {
    title: "Our plan",
    document_type: "plan",
    file_name: "plan.pdf",
    mime_type: "application/pdf",
    size_bytes: 12,
  }).throwOnError();
  return data;
};
const share = (document: string, isShared = true) =>
  ask("update public.partner_documents set is_shared = $2 where id = $1", [document, isShared]);
const listed = async (who: Persona, path: string) =>
  (await filesOf(who).list(path.split("/").slice(0, -1).join("/"))).data ?? [];

test("a guest adds a document, and colleagues on both sides open it, nobody else", async () => {
  const { id, path } = await begin();
  expect((await inPortal("portal_finish_document", { path })).error?.code).toBe("PW064");
  await leavesFilesAlone(ask, world, async () => {
    for (const label of [...strangers, "org_admin"])
      expect((await filesOf(persona(world, label)).upload(path, pdf("not mine"))).error, label).not.toBeNull();
    for (const elsewhere of [
      path.replace("plan.pdf", "other.pdf"),
      path.replace(/^[^/]+/, world.organizations.b.id),
      `${path}/../x.pdf`,
    ])
      expect((await filesOf(guest).upload(elsewhere, pdf("elsewhere"))).error, elsewhere).not.toBeNull();
  });
  expect((await filesOf(guest).upload(path, pdf("our plan"))).error).toBeNull();
  for (let time = 0; time < 2; time++)
    expect((await inPortal("portal_finish_document", { path })).data).toEqual({ id });
  expect(await contentOf(guest, path)).toBe("%PDF-1.7\nour plan");
  expect(await contentOf(manager, path)).toBe("%PDF-1.7\nour plan");
  for (const label of strangers) {
    expect(await contentOf(persona(world, label), path), label).toBeUndefined();
    expect(await listed(persona(world, label), path), label).toEqual([]);
    expect((await filesOf(persona(world, label)).createSignedUrl(path, 60)).data, label).toBeNull();
  }
  const { data } = await inPortal("portal_documents").throwOnError();
  expect(data).toContainEqual(
    expect.objectContaining({
      id,
      title: "Our plan",
      is_from_partner: true,
      file_name: "plan.pdf",
      storage_path: path,
    }),
  );
  const [row] = await ask("select source, is_shared from public.partner_documents where id = $1", [id]);
  expect(row).toEqual({ source: "portal", is_shared: true });
});

test("a guest neither overwrites, moves, copies nor deletes a file, their own neither", async () => {
  const { path } = await begin();
  await filesOf(guest).upload(path, pdf("our plan"));
  await inPortal("portal_finish_document", { path }).throwOnError();
  const place = await addDocument(ask, world.organizations.a, "Staff's");
  const staffs = await addFile(manager, place, "staff's");
  await share(place.document);
  await leavesFilesAlone(ask, world, async () => {
    for (const target of [path, staffs]) {
      expect((await filesOf(guest).update(target, pdf("worse"))).error, "update").not.toBeNull();
      expect((await filesOf(guest).upload(target, pdf("worse"), { upsert: true })).error, "upsert").not.toBeNull();
      expect((await filesOf(guest).move(target, `${target}.moved`)).error, "move").not.toBeNull();
      expect((await filesOf(guest).copy(target, `${target}.copy`)).error, "copy").not.toBeNull();
      expect((await filesOf(guest).createSignedUploadUrl(target)).error, "signed upload").not.toBeNull();
      await filesOf(guest).remove([target]);
    }
  });
  expect(await contentOf(manager, staffs)).toBe("%PDF-1.7\nstaff's");
});

test("a shared document opens with its newest file, and no longer once it is not shared, put away, or they are removed", async () => {
  const place = await addDocument(ask, world.organizations.a, "Price list");
  const draft = await addFile(manager, place, "draft");
  const final = await addFile(manager, place, "final");
  expect(await contentOf(guest, final)).toBeUndefined();
  await share(place.document);
  expect(await contentOf(guest, final)).toBe("%PDF-1.7\nfinal");
  expect(await contentOf(guest, draft)).toBeUndefined();
  await share(place.document, false);
  expect(await contentOf(guest, final)).toBeUndefined();
  await share(place.document);
  await ask("update public.partner_documents set archived_at = now() where id = $1", [place.document]);
  expect(await contentOf(guest, final)).toBeUndefined();
  await ask("update public.partner_documents set archived_at = null where id = $1", [place.document]);
  expect(await contentOf(guest, final)).toBe("%PDF-1.7\nfinal");
  const seat = "update public.partner_members set status = $2, removed_at = $3 where user_id = $1";
  await ask(seat, [guest.id, "removed", new Date()]);
  expect(await contentOf(guest, final)).toBeUndefined();
  await ask(seat, [guest.id, "active", null]);
  expect(await contentOf(guest, final)).toBe("%PDF-1.7\nfinal");
});
