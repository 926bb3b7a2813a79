// Members and roles: an administrator stays, nobody hands out more than they hold, nobody overwrites what they have not seen.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import type { Persona } from "./world.ts";

const memberOf = async ({ ask }: Scene, organization: string, { id }: Pick<Persona, "id">) => {
  const [row] = await ask<{ version: string; status: string; role_id: string }>(
    "select version, status, role_id from public.memberships where organization_id = $1 and user_id = $2",
    [organization, id],
  );
  return { version: Number(row?.version), status: row?.status, role: row?.role_id };
};

const aboutMember = async (scene: Scene, who: Persona) => ({
  organization: scene.a.id,
  member: who.id,
  seen_version: (await memberOf(scene, scene.a.id, who)).version,
});

const roleVersion = ({ value }: Scene, role: string | undefined) =>
  value("select version from public.roles where id = $1", [role]).then(Number);

/** Everybody else who is an administrator of A goes. */
const leaveOneAdministrator = async (scene: Scene) =>
  scene.call(scene.who("in both"), "leave_organization", { organization: scene.a.id });

export const memberBehaviours: Behaviours = {
  "the last administrator cannot leave": async (scene) => {
    const admin = scene.who("org_admin");
    if ((await leaveOneAdministrator(scene)).code !== null) return false;
    const { code } = await scene.call(admin, "leave_organization", { organization: scene.a.id });
    return code === "PW002" && (await memberOf(scene, scene.a.id, admin)).status === "active";
  },
  "the last administrator cannot become something else": async (scene) => {
    const admin = scene.who("org_admin");
    await leaveOneAdministrator(scene);
    const { code } = await scene.call(admin, "change_member_role", {
      ...(await aboutMember(scene, admin)),
      role: scene.a.roles.vp,
    });
    return code === "PW002" && (await memberOf(scene, scene.a.id, admin)).role === scene.a.roles.org_admin;
  },
  "an administrator can leave while another stays": async (scene) => {
    const { code } = await leaveOneAdministrator(scene);
    return code === null && (await memberOf(scene, scene.a.id, scene.who("in both"))).status === "deactivated";
  },
  "leaving one organization leaves the other alone": async (scene) => {
    await leaveOneAdministrator(scene);
    return (await memberOf(scene, scene.b.id, scene.who("in both"))).status === "active";
  },
  "leaving clears the active organization": async (scene) => {
    const who = scene.who("in both");
    await scene.ask("update public.profiles set active_organization_id = $1 where user_id = $2", [scene.a.id, who.id]);
    await leaveOneAdministrator(scene);
    return (
      (await scene.value("select active_organization_id from public.profiles where user_id = $1", [who.id])) === null
    );
  },
  "leaving clears nobody else's active organization": async (scene) => {
    const active = "select active_organization_id from public.profiles where user_id = $1";
    const admin = scene.who("org_admin");
    await scene.ask("update public.profiles set active_organization_id = $1 where user_id = $2", [
      scene.a.id,
      admin.id,
    ]);
    await leaveOneAdministrator(scene);
    return (await scene.value(active, [admin.id])) === scene.a.id;
  },
  "a changed role, a deactivation and a return count as versions": async (scene) => {
    const { targets, call, who, a } = scene;
    const about = { organization: a.id, member: targets.member.id };
    const steps = [
      await call(who("org_admin"), "change_member_role", { ...about, role: a.roles.vp, seen_version: 1 }),
      await call(who("org_admin"), "deactivate_member", { ...about, seen_version: 2 }),
      await call(who("org_admin"), "reactivate_member", { ...about, seen_version: 3 }),
    ];
    return steps.map(({ answer }) => Number(answer.version)).join() === "2,3,4";
  },
  "a version that is no longer true changes no member": async ({ call, who, a, targets }) => {
    const about = { organization: a.id, member: targets.member.id, seen_version: 7 };
    const codes = [
      await call(who("org_admin"), "change_member_role", { ...about, role: a.roles.vp }),
      await call(who("org_admin"), "deactivate_member", about),
      await call(who("org_admin"), "reactivate_member", about),
    ];
    return codes.every(({ code }) => code === "PW006");
  },
  "who manages members alone cannot make an administrator": async (scene) => {
    const { code } = await scene.call(scene.who("only members.manage"), "change_member_role", {
      organization: scene.a.id,
      member: scene.targets.member.id,
      role: scene.a.roles.org_admin,
      seen_version: 1,
    });
    return (
      code === "PW009" && (await memberOf(scene, scene.a.id, scene.targets.member)).role === scene.targets.emptyRole.id
    );
  },
  "who manages members alone cannot take an administrator's role away": async (scene) => {
    const { code } = await scene.call(scene.who("only members.manage"), "change_member_role", {
      ...(await aboutMember(scene, scene.who("in both"))),
      role: scene.targets.emptyRole.id,
    });
    return code === "PW009";
  },
  "who manages members alone can neither end nor revive an administrator": async (scene) => {
    const manager = scene.who("only members.manage");
    const ended = await scene.call(manager, "deactivate_member", await aboutMember(scene, scene.who("in both")));
    const revived = await scene.call(manager, "reactivate_member", await aboutMember(scene, scene.who("deactivated")));
    return ended.code === "PW009" && revived.code === "PW009";
  },
  "who manages members gives a role that holds no more": async (scene) => {
    const { code } = await scene.call(scene.who("only members.manage"), "change_member_role", {
      organization: scene.a.id,
      member: scene.targets.member.id,
      role: scene.a.roles.only_members_manage,
      seen_version: 1,
    });
    return code === null;
  },
  "rights in one organization are none in another": async (scene) => {
    // An administrator of A who manages members of B, where they hold nothing else.
    const who = scene.who("in both");
    await scene.ask(
      `insert into public.role_permissions (organization_id, role_id, permission, scope)
       select $1, $2, 'members.manage', 'all'`,
      [scene.b.id, scene.b.roles.sales_rep],
    );
    const { code } = await scene.call(who, "invite_member", {
      organization: scene.b.id,
      address: `${scene.targets.word}@world.test`,
      role: scene.b.roles.org_admin,
    });
    return code === "PW009";
  },
  "the questions of the policies tell all rows from one's own, and closed organizations from open ones": async (
    scene,
  ) => {
    const answer = async (label: string, question: string) => {
      const sql = `select private.${question}('partners.write') as ids`;
      return (await scene.as<{ ids: string[] }>(scene.who(label), sql)).rows[0]?.ids.join();
    };
    const [can, own] = ["organizations_where_i_can", "organizations_where_i_own"];
    const { a, b } = scene;
    const other = "select private.organizations_where_i_own('audit.read') as ids";
    if ((await scene.as<{ ids: string[] }>(scene.who("sales_rep"), other)).rows[0]?.ids.length !== 0) return false;
    if ((await answer("sales_rep", can)) !== "" || (await answer("sales_rep", own)) !== a.id) return false;
    if ((await answer("in both", can)) !== a.id || (await answer("in both", own)) !== b.id) return false;
    if ((await answer("data_team", can)) !== a.id || (await answer("data_team", own)) !== "") return false;
    await scene.ask("update public.role_permissions set scope = 'own' where permission = 'partners.write'");
    for (const label of [
      "deactivated",
      "suspended admin",
      "admin below a suspended tenant",
      "outsider",
      "staff with access",
    ])
      if ((await answer(label, own)) !== "") return false;
    return (await answer("data_team", own)) === a.id;
  },
  "a right on one's own rows is not one on all": async (scene) => {
    const role = { ...saving(scene), role_name: "Own only", role_permissions: { "partners.write": "all" } };
    await scene.ask(
      `insert into public.role_permissions (organization_id, role_id, permission, scope) values ($1, $2, 'partners.write', 'own')`,
      [scene.a.id, scene.a.roles.only_roles_manage],
    );
    const manager = scene.who("only roles.manage");
    const wide = await scene.call(manager, "save_role", role);
    const narrow = await scene.call(manager, "save_role", { ...role, role_permissions: { "partners.write": "own" } });
    return wide.code === "PW009" && narrow.code === null;
  },
  "who manages roles alone gives a role no more than they hold": async (scene) => {
    const manager = scene.who("only roles.manage");
    const created = await scene.call(manager, "save_role", {
      ...saving(scene),
      role_permissions: { "audit.read": "all" },
    });
    const widened = await scene.call(manager, "save_role", {
      ...saving(scene),
      role: scene.targets.otherEmptyRole.id,
      seen_version: 1,
      role_permissions: { "audit.read": "all" },
    });
    const kept = await scene.call(manager, "save_role", {
      ...saving(scene),
      role_permissions: { "roles.manage": "all" },
    });
    return created.code === "PW009" && widened.code === "PW009" && kept.code === null;
  },
  "who manages roles alone changes, resets and deletes no role that holds more": async (scene) => {
    const manager = scene.who("only roles.manage");
    const about = async (role: string | undefined) => ({
      organization: scene.a.id,
      role,
      seen_version: await roleVersion(scene, role),
    });
    const emptied = await scene.call(manager, "save_role", { ...saving(scene), ...(await about(scene.a.roles.vp)) });
    const reset = await scene.call(manager, "reset_role", await about(scene.a.roles.vp));
    const deleted = await scene.call(manager, "delete_role", await about(scene.a.roles.all_but_members_manage));
    return [emptied, reset, deleted].every(({ code }) => code === "PW009");
  },
  "the administrator's role keeps everything": async (scene) => {
    const role = scene.a.roles.org_admin;
    const { code } = await scene.call(scene.who("org_admin"), "save_role", { ...saving(scene), role, seen_version: 1 });
    return (
      code === "PW008" &&
      Number(await scene.value("select count(*) from public.role_permissions where role_id = $1", [role])) > 30
    );
  },
  "a built-in role, and one that somebody has, is not deleted": async (scene) => {
    const admin = scene.who("org_admin");
    const builtIn = await scene.call(admin, "delete_role", {
      organization: scene.a.id,
      role: scene.a.roles.data_team,
      seen_version: 1,
    });
    const taken = await scene.call(admin, "delete_role", {
      organization: scene.a.id,
      role: scene.targets.emptyRole.id,
      seen_version: 1,
    });
    return builtIn.code === "PW008" && taken.code === "PW008";
  },
  "a version that is no longer true changes no role": async (scene) => {
    const admin = scene.who("org_admin");
    const stale = { organization: scene.a.id, role: scene.targets.otherEmptyRole.id, seen_version: 9 };
    const codes = [
      await scene.call(admin, "save_role", { ...saving(scene), ...stale }),
      await scene.call(admin, "delete_role", stale),
      await scene.call(admin, "reset_role", { ...stale, role: scene.a.roles.data_team }),
    ];
    return codes.every(({ code }) => code === "PW006");
  },
  "who may not manage roles is not told whether a version was right": async (scene) => {
    const stale = { organization: scene.a.id, role: scene.a.roles.data_team, seen_version: 99 };
    const codes = [];
    for (const name of ["reset_role", "delete_role"]) codes.push((await scene.call(scene.who("vp"), name, stale)).code);
    return codes.every((code) => code === "42501");
  },
  "saving a role counts as a version, its permissions included": async (scene) => {
    const args = { ...saving(scene), role: scene.targets.otherEmptyRole.id, role_name: `${scene.targets.word} 2` };
    const saved = await scene.call(scene.who("org_admin"), "save_role", {
      ...args,
      seen_version: 1,
      role_permissions: { "tasks.read": "all" },
    });
    const more = await scene.call(scene.who("org_admin"), "save_role", {
      ...args,
      seen_version: 2,
      role_permissions: { "tasks.read": "all", "documents.read": "all" },
    });
    const held = await scene.value("select count(*) from public.role_permissions where role_id = $1", [args.role]);
    return Number(saved.answer.version) === 2 && Number(more.answer.version) === 3 && Number(held) === 2;
  },
  "a role takes no permission that is unknown or cannot be limited": async (scene) => {
    const admin = scene.who("org_admin");
    const wanted = [
      { "everything.write": "all" },
      { "members.manage": "own" },
      { "partners.write": "any" },
      ["partners.write"],
    ];
    for (const role_permissions of wanted)
      if ((await scene.call(admin, "save_role", { ...saving(scene), role_permissions })).code !== "PW014") return false;
    return true;
  },
  "not even the owner limits a permission that has no owner": async ({ attempt, a }) => {
    const { error } = await attempt(
      "insert into public.role_permissions (organization_id, role_id, permission, scope) values ($1, $2, 'members.manage', 'own')",
      [a.id, a.roles.data_team],
    );
    return error?.code === "23514";
  },
};

function saving(scene: Scene) {
  return {
    organization: scene.a.id,
    role: null,
    role_name: `Saved ${scene.targets.word}`,
    role_description: "",
    role_permissions: {},
    seen_version: null,
  };
}
