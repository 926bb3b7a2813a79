// Fields of the organization's own and saved views: what may be said of a field, what a value may be, and whose a view is.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import type { Persona } from "./world.ts";

const codeOf = async (scene: Scene, sql: string, values: unknown[] = []) =>
  (await scene.attempt(sql, values)).error?.code ?? null;

const addField = async ({ ask }: Scene, organization: string, type = "text", required = false) => {
  const [field] = await ask<{ id: string }>(
    `insert into public.custom_field_definitions (organization_id, key, label, field_type, is_required)
     values ($1, 'tried', 'Tried', $2, $3) returning id`,
    [organization, type, required],
  );
  return field?.id ?? "";
};
const write = (scene: Scene, values: Record<string, unknown>) =>
  codeOf(scene, "update public.partners set custom_fields = $2 where id = $1", [scene.a.partner, values]);
const add = (scene: Scene, values: Record<string, unknown>) =>
  codeOf(scene, "insert into public.partners (organization_id, name, custom_fields) values ($1, 'Tried', $2)", [
    scene.a.id,
    values,
  ]);

const addView = async ({ ask }: Scene, organization: string, { id }: Persona, isShared: boolean) => {
  const [view] = await ask<{ id: string }>(
    "insert into public.saved_views (organization_id, owner_id, name, definition, is_shared) values ($1, $2, 'Tried', '{}', $3) returning id",
    [organization, id, isShared],
  );
  return view?.id;
};
const insertView =
  "insert into public.saved_views (organization_id, name, definition, is_shared) values ($1, 'Added', '{}', $2)";

const fieldBehaviours: Behaviours = {
  "a value is one that its field allows, in a new row and in an old one": async (scene) => {
    const field = await addField(scene, scene.a.id, "number");
    const codes = [
      await add(scene, { [field]: "many" }),
      await write(scene, { [field]: "many" }),
      await write(scene, { [field]: 7 }),
    ];
    return codes.join() === "PW068,PW068,";
  },
  "a field of another organization is none": async (scene) => {
    const field = await addField(scene, scene.b.id);
    return (await write(scene, { [field]: "x" })) === "PW068" && (await add(scene, { [field]: "x" })) === "PW068";
  },
  "a person in a field is an active member": async (scene) => {
    const field = await addField(scene, scene.a.id, "person");
    const codes = [];
    for (const label of ["deactivated", "foreign admin", "vp"])
      codes.push(await write(scene, { [field]: scene.who(label).id }));
    return codes.join() === "PW068,PW068,";
  },
  "a required field is wanted of new rows, also of those that say nothing": async (scene) => {
    await addField(scene, scene.a.id, "text", true);
    return (await add(scene, {})) === "PW068" && (await write(scene, {})) === null;
  },
  "a field's options fit its type, and its type stays while there are values": async (scene) => {
    const field = await addField(scene, scene.a.id);
    const options = "update public.custom_field_definitions set options = $2 where id = $1";
    const type = "update public.custom_field_definitions set field_type = 'number' where id = $1";
    const before = await codeOf(scene, options, [field, { choices: [] }]);
    await write(scene, { [field]: "x" });
    return before === "PW067" && (await codeOf(scene, type, [field])) === "PW067";
  },
};

const viewBehaviours: Behaviours = {
  "a view is its owner's alone until it is shared": async (scene) => {
    const owner = scene.who("vp");
    const view = await addView(scene, scene.a.id, owner, false);
    const seen = async (who: Persona) =>
      (await scene.as(who, "select id from public.saved_views where id = $1", [view])).rows.length;
    const changed = async (who: Persona) =>
      (await scene.as(who, "update public.saved_views set position = 5 where id = $1 returning id", [view])).rows
        .length;
    const others = [scene.who("org_admin"), scene.who("sales_manager")];
    for (const who of others) if ((await seen(who)) || (await changed(who))) return false;
    if (!(await seen(owner)) || !(await changed(owner))) return false;
    await scene.ask("update public.saved_views set is_shared = true where id = $1", [view]);
    return (await seen(scene.who("sales_rep"))) === 1 && (await changed(scene.who("sales_manager"))) === 1;
  },
  "nobody without a hand in another's view takes it away, and its owner can": async (scene) => {
    const owner = scene.who("vp");
    const view = await addView(scene, scene.a.id, owner, false);
    const remove = "delete from public.saved_views where id = $1 returning id";
    // Without a filter on what they could read: the policy for deleting decides alone.
    await scene.as(scene.who("sales_manager"), "delete from public.saved_views");
    const left = await scene.value("select count(*) from public.saved_views where id = $1", [view]);
    return Number(left) === 1 && (await scene.as(owner, remove, [view])).rows.length === 1;
  },
  "sharing is for who may share, at the beginning and later": async (scene) => {
    const rep = scene.who("sales_rep");
    const view = await addView(scene, scene.a.id, rep, false);
    const share = "update public.saved_views set is_shared = true where id = $1";
    const refused = [
      (await scene.as(rep, insertView, [scene.a.id, true])).error?.code,
      (await scene.as(rep, share, [view])).error?.code,
    ];
    const manager = scene.who("sales_manager");
    const done = [
      (await scene.as(manager, insertView, [scene.a.id, true])).error,
      (await scene.as(rep, insertView, [scene.a.id, false])).error,
    ];
    return refused.join() === "42501,42501" && done.every((error) => error === null);
  },
  "views are kept and read where partners may be read": async (scene) => {
    const who = scene.who("in both");
    const view = await addView(scene, scene.b.id, who, false);
    await scene.ask("delete from public.role_permissions where role_id = $1 and permission = 'partners.read'", [
      scene.b.roles.sales_rep,
    ]);
    const { rows } = await scene.as(who, "select id from public.saved_views where id = $1", [view]);
    return rows.length === 0 && (await scene.as(who, insertView, [scene.b.id, false])).error?.code === "42501";
  },
  "one's own views are left alone where one is no longer a member, or the organization is closed": async (scene) => {
    const who = scene.who("in both");
    const view = await addView(scene, scene.b.id, who, false);
    const set =
      "update public.memberships set status = $3, deactivated_at = $4 where organization_id = $1 and user_id = $2";
    // Nothing is read: the policy for changing decides alone.
    const reach = async () => {
      await scene.ask("update public.saved_views set position = 0 where position <> 0");
      const { error } = await scene.as(who, "update public.saved_views set position = 1");
      if (error) throw new Error(error.message);
      return Number(await scene.value("select position from public.saved_views where id = $1", [view]));
    };
    const open = await reach();
    await scene.ask("update public.organizations set is_active = false where id = $1", [scene.b.id]);
    const closed = await reach();
    await scene.ask("update public.organizations set is_active = true where id = $1", [scene.b.id]);
    await scene.ask(set, [scene.b.id, who.id, "deactivated", new Date()]);
    const left = await reach();
    await scene.as(who, "delete from public.saved_views");
    const kept = Number(await scene.value("select count(*) from public.saved_views where id = $1", [view]));
    // Without a filter, and with nothing else to move: the policy for changing decides alone.
    await scene.ask("grant update (organization_id) on public.saved_views to authenticated");
    await scene.ask("delete from public.saved_views");
    await addView(scene, scene.a.id, who, false);
    const moved = await scene.as(who, "update public.saved_views set organization_id = $1", [scene.b.id]);
    return [open, closed, left, kept].join() === "1,0,0,1" && moved.error?.code === "42501";
  },
};

export const ownFieldAndViewBehaviours: Behaviours = { ...fieldBehaviours, ...viewBehaviours };
