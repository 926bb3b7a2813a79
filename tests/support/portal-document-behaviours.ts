// Documents and resources in the portal: what is shared, what a guest adds, and who may store its file.
import { randomUUID } from "node:crypto";
import type { Behaviours, Scene } from "./access-behaviours.ts";
import { guestOf, plant, submit, tellsOnlyOurs, told } from "./portal-scene.ts";

const addDocument = (scene: Scene, args: object = {}) =>
  scene.call(guestOf(scene), "portal_add_document", {
    partner: scene.a.partner,
    title: "Brought by a guest",
    document_type: "plan",
    file_name: "plan.pdf",
    mime_type: "application/pdf",
    size_bytes: 9,
    ...args,
  });

const pathsOf = async (scene: Scene) =>
  String(
    (await scene.as<{ paths: string[] }>(guestOf(scene), "select private.portal_document_paths() as paths")).rows[0]
      ?.paths,
  );

export const portalDocumentBehaviours: Behaviours = {
  "a guest sees documents that are shared with their partner, and opens the newest file of each": async (scene) => {
    const { ask, a } = scene;
    await plant(
      scene,
      `insert into public.partner_documents (organization_id, partner_id, title, document_type, is_shared, current_version) values ($1, $2, $3, 'plan', true, 2)`,
    );
    await ask(
      `insert into public.partner_documents (organization_id, partner_id, title, document_type, is_shared, archived_at, current_version)
       values ($1, $2, 'planted ours too', 'plan', true, null, 2), ($1, $2, 'kept inside', 'plan', false, null, 2), ($1, $2, 'kept inside', 'plan', true, now(), 2)`,
      [a.id, a.partner],
    );
    await ask(
      `with file as (
         select gen_random_uuid() as id, d.*, given.number, given.stored_at as at from (select organization_id, partner_id, id as document, title from public.partner_documents
           where title like 'planted %' or title = 'kept inside') as d
         cross join (values (1, now()), (2, now()), (3, null)) as given (number, stored_at)
       )
       insert into public.partner_document_versions (
         id, organization_id, partner_id, document_id, number, storage_path, file_name, mime_type, size_bytes, stored_at
       )
       select id, organization_id, partner_id, document, number,
         concat_ws('/', organization_id, partner_id, document, id, number || replace(title, ' ', '-') || '.pdf'), 'file' || number || '.pdf', 'application/pdf', 9, at
       from file`,
    );
    // Should it ever be said to be the newest before it is there.
    await ask("update public.partner_documents set current_version = 3 where title = 'planted ours too'");
    const text = await told(scene, "portal_documents");
    const paths = await pathsOf(scene);
    return (
      tellsOnlyOurs(text) &&
      text.includes("file2.pdf") &&
      !/file[13].pdf/.test(text) &&
      paths.includes("2planted-ours.pdf") &&
      !/1planted|3planted|theirs|foreign|inside/.test(paths)
    );
  },
  "a guest sees what is published for their partner, or for every partner of the organization": async (scene) => {
    const insert = `insert into public.partner_resources (organization_id, partner_id, title, url, document_type, published_at)
      select $1, $2::uuid, $3, 'https://resource.example', 'plan', now()`;
    await plant(scene, insert);
    const { ask, a, b } = scene;
    await ask(insert, [a.id, null, "for everybody"]);
    await ask(insert, [b.id, null, "planted foreign"]);
    for (const partner of [a.partner, null]) await ask(insert.replace("now()", "null"), [a.id, partner, "kept inside"]);
    const text = await told(scene, "portal_resources");
    return tellsOnlyOurs(text) && text.includes("for everybody");
  },
  "a guest's document is shared and theirs to upload; only who announced it says that it has come": async (scene) => {
    const { ask, value, call, a, who, targets } = scene;
    const client_key = randomUUID();
    const first = await addDocument(scene, { client_key });
    const again = await addDocument(scene, { client_key });
    const [row] = await ask("select * from public.partner_documents where id = $1", [first.answer.id]);
    const path = String(again.answer.path);
    const mayStore = async (label: string) =>
      String((await scene.as(who(label), "select private.announced_document_paths() as p")).rows[0]?.p).includes(path);
    const finish = (given: unknown) =>
      call(guestOf(scene), "portal_finish_document", { partner: a.partner, path: given });
    const stores = [
      await mayStore("partner user"),
      await mayStore("user of another partner"),
      await mayStore("outsider"),
    ];
    const codes = [
      (await finish(path)).code,
      (await finish(targets.announcedPath)).code,
      (await finish("nothing")).code,
    ];
    const isShared = "update public.partner_documents set is_shared = $2 where id = $1";
    await ask(isShared, [first.answer.id, false]);
    codes.push((await addDocument(scene, { client_key })).code);
    await ask(isShared, [first.answer.id, true]);
    await ask("update public.partner_document_versions set uploaded_by = $2 where storage_path = $1", [
      path,
      who("org_admin").id,
    ]);
    codes.push((await finish(path)).code);
    await ask(
      "update public.partner_document_versions set uploaded_by = $2, source = 'staff' where storage_path = $1",
      [path, guestOf(scene).id],
    );
    codes.push((await finish(path)).code);
    return (
      first.answer.id === again.answer.id &&
      row?.is_shared === true &&
      row.source === "portal" &&
      row.partner_id === a.partner &&
      stores.join() === "true,false,false" &&
      codes.join() === "PW064,PW012,PW012,PW012,PW012,PW012" &&
      (await value(
        "select count(*) from public.partner_documents where client_key is not null and title = 'Brought by a guest'",
      )) === "1"
    );
  },
  "a guest finishes nothing for another partner of theirs, nor for a document that was put away": async (scene) => {
    const { ask, a, targets, call } = scene;
    await ask(
      `insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, joined_at)
       values ($1, $2, 'also@world.test', 'Also', $3, 'active', now())`,
      [a.id, targets.partner.id, guestOf(scene).id],
    );
    const { answer } = await addDocument(scene);
    const finish = (partner: string) => call(guestOf(scene), "portal_finish_document", { partner, path: answer.path });
    const codes = [(await finish(targets.partner.id)).code, (await finish(a.partner)).code];
    await ask("update public.partner_documents set archived_at = now() where id = $1", [answer.id]);
    codes.push((await finish(a.partner)).code);
    return codes.join() === "PW012,PW064,PW012";
  },
  "a guest's document goes to the partner's owner while they are there": async (scene) => {
    const { ask, a, who, value } = scene;
    const owner = who("sales_rep");
    await ask("update public.partners set owner_id = $2 where id = $1", [a.partner, owner.id]);
    const ownerOf = (id: unknown, table: string) => value(`select owner_id from public.${table} where id = $1`, [id]);
    const first = await addDocument(scene);
    await ask(
      "update public.memberships set status = 'deactivated', deactivated_at = now() where organization_id = $1 and user_id = $2",
      [a.id, owner.id],
    );
    const second = await addDocument(scene);
    const referral = await submit(scene);
    return (
      (await ownerOf(first.answer.id, "partner_documents")) === owner.id &&
      (await ownerOf(second.answer.id, "partner_documents")) === null &&
      (await ownerOf(referral.answer.id, "partner_referrals")) === null
    );
  },
  "what a guest names a document is looked at first": async (scene) => {
    const codes = [];
    for (const args of [
      { title: "" },
      { title: "x".repeat(201) },
      { document_type: "" },
      { document_type: "none of ours" },
      { file_name: "page.html" },
      { mime_type: "text/html" },
      { size_bytes: 0 },
    ])
      codes.push((await addDocument(scene, args)).code);
    return codes.join() === "PW075,PW075,PW075,PW050,PW061,PW061,PW061";
  },
  "a guest is offered choices, and nothing else of the configuration": async (scene) => {
    const text = await told(scene, "portal_choices");
    return (
      text.includes("platform") && text.includes('"list": "document_types"') && !/color|commission|stage/.test(text)
    );
  },
};
