// Documents and their files, as the database alone keeps them: who announces, what the policies of the bucket let in and out.
import { randomUUID } from "node:crypto";
import type { Behaviours, Scene } from "./access-behaviours.ts";
import { addDocument, addVersion, type DocumentPlace } from "./document-world.ts";
import type { Persona } from "./world.ts";

const BUCKET = "partner-documents";

/** As the Storage API does it: under the person's role, saying which call it is. */
async function storage(scene: Scene, who: Persona, operation: string, sql: string, values: unknown[]) {
  return scene.scene(async () => {
    await scene.ask(
      "select set_config('storage.operation', $1, true), set_config('storage.allow_delete_query', 'true', true)",
      [operation],
    );
    return scene.as(who, sql, values);
  });
}

const canUpload = async (scene: Scene, who: Persona, path: string, operation = "storage.object.upload") =>
  (
    await storage(scene, who, operation, "insert into storage.objects (bucket_id, name) values ($1, $2)", [
      BUCKET,
      path,
    ])
  ).error === null;

const sees = async (scene: Scene, who: Persona, path: string) =>
  (
    await storage(scene, who, "storage.object.get_authenticated", "select id from storage.objects where name = $1", [
      path,
    ])
  ).rows.length === 1;

const removes = async (scene: Scene, who: Persona, path: string) =>
  (
    await storage(
      scene,
      who,
      "storage.object.delete_many",
      "delete from storage.objects where name = $1 returning id",
      [path],
    )
  ).rows.length === 1;

const replaces = async (scene: Scene, who: Persona, path: string) =>
  (
    await storage(
      scene,
      who,
      "storage.object.upload_update",
      "update storage.objects set version = 'x' where name = $1 returning id",
      [path],
    )
  ).rows.length === 1;

/** With a file that is there; finished. */
async function stored(scene: Scene, place: DocumentPlace, by: string | null = null): Promise<string> {
  const path = await addVersion(scene.ask, place, "kept", by);
  await scene.ask(
    `insert into storage.objects (bucket_id, name, metadata) values ($1, $2, '{"size": 5, "mimetype": "text/plain"}')`,
    [BUCKET, path],
  );
  await scene.ask("update public.partner_document_versions set stored_at = now() where storage_path = $1", [path]);
  return path;
}

const announcing = ({ organization, document }: DocumentPlace) => ({
  organization,
  document,
  file_name: "Größe & Plan.pdf",
  mime_type: "application/pdf",
  size_bytes: 10,
});

export const documentBehaviours: Behaviours = {
  "a file opens for who may read documents there, by its row alone": async (scene) => {
    const { a, ask, who } = scene;
    const path = await stored(scene, await addDocument(ask, a, "Read"));
    for (const label of ["org_admin", "sales_rep", "vp", "staff with access"])
      if (!(await sees(scene, who(label), path))) return false;
    for (const label of [
      "foreign admin",
      "outsider",
      "deactivated",
      "without rights",
      "partner user",
      "suspended admin",
    ])
      if (await sees(scene, who(label), path)) return false;
    await ask("delete from public.partner_document_versions where storage_path = $1", [path]);
    return !(await sees(scene, who("org_admin"), path));
  },
  "a guest opens the files that are shared with their partner, and no other of any partner": async (scene) => {
    const { a, b, ask, who } = scene;
    const kept = await stored(scene, await addDocument(ask, a, "Kept inside"));
    const foreign = await stored(scene, await addDocument(ask, b, "Foreign"));
    const place = await addDocument(ask, a, "Shared");
    const path = await stored(scene, place);
    await ask("update public.partner_documents set is_shared = true, current_version = 1 where id = $1", [
      place.document,
    ]);
    const guest = who("partner user");
    if ((await sees(scene, guest, kept)) || (await sees(scene, guest, foreign))) return false;
    return (await sees(scene, guest, path)) && !(await sees(scene, who("user of another partner"), path));
  },
  "a file comes in where its uploader announced it, while the right lasts, by an upload": async (scene) => {
    const { a, ask, call, who } = scene;
    const manager = who("partnership_manager");
    const place = await addDocument(ask, a, "Written");
    const { answer } = await call(manager, "start_document_version", announcing(place));
    const path = String(answer.value);
    if (!path.startsWith(`${a.id}/${a.partner}/${place.document}/`) || !path.endsWith("/Gr_e_Plan.pdf")) return false;
    if (!(await canUpload(scene, manager, path))) return false;
    for (const operation of ["storage.object.copy", "storage.object.move", "storage.object.upload_signed", ""])
      if (await canUpload(scene, manager, path, operation)) return false;
    for (const label of ["org_admin", "foreign admin", "sales_rep", "outsider"])
      if (await canUpload(scene, who(label), path)) return false;
    if (await canUpload(scene, manager, path.replace("Gr_e", "Other"))) return false;
    for (const change of [
      "update public.partner_document_versions set created_at = now() - interval '61 minutes' where storage_path = $1",
      "update public.partner_document_versions set stored_at = now() where storage_path = $1",
      "update public.partner_documents set archived_at = now() where id = (select document_id from public.partner_document_versions where storage_path = $1)",
    ])
      if (
        await scene.scene(async () => {
          await ask(change, [path]);
          return canUpload(scene, manager, path);
        })
      )
        return false;
    await ask("delete from public.role_permissions where role_id = $1 and permission = 'documents.write'", [
      a.roles.partnership_manager,
    ]);
    return !(await canUpload(scene, manager, path));
  },
  "who writes only their own documents adds files to those": async (scene) => {
    const { a, ask, call, who } = scene;
    const rep = who("sales_rep");
    const own = await addDocument(ask, a, "Own", rep.id);
    const { code, answer } = await call(rep, "start_document_version", announcing(own));
    if (code !== null || !(await canUpload(scene, rep, String(answer.value)))) return false;
    const { code: refused } = await call(
      rep,
      "start_document_version",
      announcing(await addDocument(ask, a, "Another's")),
    );
    await ask("update public.partner_documents set owner_id = null where id = $1", [own.document]);
    return refused === "42501" && !(await canUpload(scene, rep, String(answer.value)));
  },
  "who owns a document and may no longer write, adds nothing to it": async (scene) => {
    const { a, ask, call, who } = scene;
    const rep = who("sales_rep");
    const own = await addDocument(ask, a, "Own", rep.id);
    const { answer } = await call(rep, "start_document_version", announcing(own));
    await ask("delete from public.role_permissions where role_id = $1 and permission = 'documents.write'", [
      a.roles.sales_rep,
    ]);
    const { code } = await call(rep, "start_document_version", announcing(own));
    return code === "42501" && !(await canUpload(scene, rep, String(answer.value)));
  },
  "a guest adds the files that they announced in their portal, as long as it is theirs": async (scene) => {
    const { a, ask, who } = scene;
    const guest = who("partner user");
    const path = await addVersion(ask, await addDocument(ask, a, "Brought"), "brought", guest.id);
    if (await canUpload(scene, guest, path)) return false;
    await ask("update public.partner_document_versions set source = 'portal' where storage_path = $1", [path]);
    if (!(await canUpload(scene, guest, path)) || (await canUpload(scene, who("user of another partner"), path)))
      return false;
    await ask("update public.partner_members set status = 'removed', removed_at = now() where user_id = $1", [
      guest.id,
    ]);
    return !(await canUpload(scene, guest, path));
  },
  "twenty uploads that have begun within the hour are enough for a document": async (scene) => {
    const { a, ask, call, who } = scene;
    const place = await addDocument(ask, a, "Twenty");
    for (let begun = 0; begun < 20; begun += 1) await addVersion(ask, place, "begun");
    const start = async () => (await call(who("org_admin"), "start_document_version", announcing(place))).code;
    if ((await start()) !== "PW063") return false;
    for (const change of ["stored_at = now()", "created_at = now() - interval '61 minutes'"]) {
      const code = await scene.scene(async () => {
        await ask(`update public.partner_document_versions set ${change} where document_id = $1`, [place.document]);
        return start();
      });
      if (code !== null) return false;
    }
    return true;
  },
  "documents and resources have a kind that is configured and an owner who is there": async ({
    a,
    attempt,
    ask,
    who,
  }) => {
    const place = await addDocument(ask, a, "Kinds");
    const codeOf = async (sql: string, values: unknown[]) => (await attempt(sql, values)).error?.code;
    for (const [table, columns, given] of [
      ["partner_documents", "partner_id", place.partner],
      ["partner_resources", "url", "https://kinds.example"],
    ]) {
      const insert = `insert into public.${table} (organization_id, title, ${columns}, document_type, owner_id) values ($1, 'Kinds', $2, $3, $4)`;
      if ((await codeOf(insert, [a.id, given, "poem", null])) !== "PW050") return false;
      if ((await codeOf(insert, [a.id, given, "plan", who("deactivated").id])) !== "PW051") return false;
      if ((await codeOf(insert, [a.id, given, "plan", who("vp").id])) !== undefined) return false;
      if ((await codeOf(`update public.${table} set document_type = 'poem' where title = 'Kinds'`, [])) !== "PW050")
        return false;
      const give = `update public.${table} set owner_id = $1 where title = 'Kinds'`;
      if ((await codeOf(give, [who("deactivated").id])) !== "PW051") return false;
    }
    return true;
  },
  "files go with the right to write their document, and are replaced by nobody": async (scene) => {
    const { a, ask, who } = scene;
    const rep = who("sales_rep");
    const path = await stored(scene, await addDocument(ask, a, "Removed"));
    const own = await stored(scene, await addDocument(ask, a, "Own", rep.id));
    for (const label of ["org_admin", "partnership_manager"])
      if (!(await removes(scene, who(label), path))) return false;
    for (const label of ["vp", "foreign admin", "outsider", "partner user"])
      if (await removes(scene, who(label), path)) return false;
    if ((await removes(scene, rep, path)) || !(await removes(scene, rep, own))) return false;
    for (const label of ["org_admin", "sales_rep", "foreign admin"])
      if (await replaces(scene, who(label), own)) return false;
    // Every other right to write is left to them.
    await ask("delete from public.role_permissions where role_id = any ($1) and permission = 'documents.write'", [
      [a.roles.partnership_manager, a.roles.sales_rep],
    ]);
    return !(await removes(scene, who("partnership_manager"), path)) && !(await removes(scene, rep, own));
  },
  "who writes documents in one organization removes none of their own where they only read": async (scene) => {
    const { b, ask, who } = scene;
    const person = who("in both");
    const path = await stored(scene, await addDocument(ask, b, "Own", person.id));
    if (!(await removes(scene, person, path))) return false;
    await ask("delete from public.role_permissions where organization_id = $1 and permission = 'documents.write'", [
      b.id,
    ]);
    return (await sees(scene, person, path)) && !(await removes(scene, person, path));
  },
  "an ended session opens, adds and removes no file": async (scene) => {
    const { a, ask, who } = scene;
    const admin = who("org_admin");
    const place = await addDocument(ask, a, "Session");
    const path = await stored(scene, place);
    const announced = await addVersion(ask, place, "session", admin.id);
    const gone = { ...admin, session: randomUUID() };
    if (!(await sees(scene, admin, path)) || !(await canUpload(scene, admin, announced))) return false;
    return (
      !(await sees(scene, gone, path)) &&
      !(await removes(scene, gone, path)) &&
      !(await canUpload(scene, gone, announced))
    );
  },
  "what is finished is the newest version, as the object says, and once": async (scene) => {
    const { a, ask, call, who, value } = scene;
    const manager = who("partnership_manager");
    const place = await addDocument(ask, a, "Finished");
    const first = await addVersion(ask, place, "one");
    const second = await addVersion(ask, place, "two");
    const finish = (path: string) => call(manager, "finish_document_version", { organization: a.id, path });
    if ((await finish(first)).code !== "PW064") return false;
    await ask(
      `insert into storage.objects (bucket_id, name, metadata)
       select $1, unnest($2::text[]), '{"size": 5, "mimetype": "Text/Plain; charset=utf-8"}'`,
      [BUCKET, [first, second]],
    );
    for (const path of [second, first, second]) if ((await finish(path)).code !== null) return false;
    const told = await value(
      `select string_agg(concat_ws(' ', v.size_bytes, v.mime_type, v.stored_at is not null), ',') || ' ' || max(d.current_version)
       from public.partner_documents as d join public.partner_document_versions as v on v.document_id = d.id where d.id = $1`,
      [place.document],
    );
    return told === "5 text/plain t,5 text/plain t 2";
  },
  "nobody begins or finishes a file of another organization, or without a right": async (scene) => {
    const { a, b, ask, call, who } = scene;
    const theirs = await addDocument(ask, b, "Theirs");
    const { code } = await call(who("org_admin"), "start_document_version", {
      ...announcing(theirs),
      organization: a.id,
    });
    if (code !== "PW012") return false;
    const path = await stored(scene, theirs);
    await ask("update public.partner_document_versions set stored_at = null where storage_path = $1", [path]);
    const finish = async (label: string, at: string) =>
      (await call(who(label), "finish_document_version", { organization: a.id, path: at })).code;
    return (await finish("org_admin", path)) === "PW012" && (await finish("outsider", "none")) === "42501";
  },
  "people say that, not when, something is archived or published": async ({ a, ask, as, who, value }) => {
    const place = await addDocument(ask, a, "Dated");
    await as(who("org_admin"), "update public.partner_documents set archived_at = '2001-01-01' where id = $1", [
      place.document,
    ]);
    await as(
      who("org_admin"),
      `insert into public.partner_resources (organization_id, title, url, document_type, published_at)
       values ($1, 'Dated', 'https://dated.example', 'plan', '2001-01-01')`,
      [a.id],
    );
    await as(who("org_admin"), "update public.partner_resources set published_at = '2001-01-01' where title = 'Dated'");
    return (
      (await value("select archived_at = now() from public.partner_documents where id = $1", [place.document])) ===
        true &&
      (await value("select published_at = now() from public.partner_resources where title = 'Dated'")) === true
    );
  },
  "orphans are the files without a row, and uploads that nobody finished": async (scene) => {
    const { a, ask, value } = scene;
    const place = await addDocument(ask, a, "Orphans");
    const [kept, gone, abandoned] = [
      await stored(scene, place),
      await stored(scene, place),
      await addVersion(ask, place, "late"),
    ];
    await ask("insert into storage.objects (bucket_id, name) values ($1, $2)", [BUCKET, abandoned]);
    await ask("delete from public.partner_document_versions where storage_path = $1", [gone]);
    await ask(
      "update public.partner_document_versions set created_at = now() - interval '25 hours' where storage_path = $1",
      [abandoned],
    );
    await ask(
      "update public.partner_document_versions set created_at = now() - interval '25 hours' where storage_path = $1",
      [kept],
    );
    const names = await value(
      "select array_agg(name) from public.orphaned_document_files() as name where name like $1",
      [`${a.id}/%`],
    );
    return Array.isArray(names) && names.includes(gone) && names.includes(abandoned) && !names.includes(kept);
  },
};
