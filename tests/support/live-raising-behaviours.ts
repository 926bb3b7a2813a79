// Live channels: whatever takes a right away raises the epoch of its organization, once, and says so to those who listened until now.
import type { Behaviours, Scene } from "./access-behaviours.ts";

export interface Message {
  topic: string;
  event: string;
  payload: Record<string, unknown>;
}

/** What is told on the way, and nothing from before. */
export async function told({ ask }: Scene, work: () => Promise<unknown>): Promise<Message[]> {
  await ask("delete from realtime.messages");
  await work();
  return ask<Message & Record<string, unknown>>(
    "select topic, event, payload - 'id' as payload from realtime.messages order by topic, event",
  );
}

const epochOf = async ({ value }: Scene, organization: string) =>
  Number(await value("select private.live_epoch_of($1)", [organization]));

/** Each statement stands for a transaction of its own. */
const forgetRaised = ({ ask }: Scene) =>
  ask("update private.live_epochs set raised_by = '1', raised_at = now() - interval '1 day'");

async function raises(scene: Scene, organization: string, sql: string, values: unknown[] = []): Promise<boolean> {
  await forgetRaised(scene);
  const before = await epochOf(scene, organization);
  const messages = await told(scene, () => scene.ask(sql, values));
  const after = await epochOf(scene, organization);
  const notices = messages.filter(
    ({ topic, event }) => topic === `org:${organization}:notices#${before}` && event === "epoch",
  );
  if (after !== before && (notices.length !== 1 || notices[0]?.payload.epoch !== after))
    throw new Error(`untold: ${sql}`);
  return after === before + 1;
}

interface Raising {
  what: string;
  sql: string;
  values?(scene: Scene): unknown[];
  raises: boolean;
}

const setRole = (sql: string) =>
  `with changed as (select r.id from public.roles as r where r.organization_id = $1 and r.key = 'vp') ${sql}`;
const inA = ({ a }: Scene) => [a.id];
const member = ({ a, targets }: Scene) => [a.id, targets.member.id];
const guest = ({ who }: Scene) => [who("partner user").id];

const raisings: Raising[] = [
  {
    what: "another role",
    sql: "update public.memberships set role_id = (select id from public.roles where organization_id = $1 and key = 'vp') where organization_id = $1 and user_id = $2",
    values: member,
    raises: true,
  },
  {
    what: "somebody who is deactivated",
    sql: "update public.memberships set status = 'deactivated', deactivated_at = now() where organization_id = $1 and user_id = $2",
    values: member,
    raises: true,
  },
  {
    what: "a membership that is gone",
    sql: "delete from public.memberships where organization_id = $1 and user_id = $2",
    values: member,
    raises: true,
  },
  {
    what: "another name",
    sql: "update public.memberships set display_name = 'Renamed' where organization_id = $1 and user_id = $2",
    values: member,
    raises: false,
  },
  {
    what: "a permission less",
    sql: setRole(
      "delete from public.role_permissions as p using changed where p.role_id = changed.id and p.permission = 'reports.read'",
    ),
    values: inA,
    raises: true,
  },
  {
    what: "a permission more",
    sql: setRole(
      "insert into public.role_permissions (organization_id, role_id, permission, scope) select $1, changed.id, 'roles.manage', 'all' from changed",
    ),
    values: inA,
    raises: true,
  },
  {
    what: "a narrower permission",
    sql: setRole(
      "update public.role_permissions as p set scope = 'own' from changed where p.role_id = changed.id and p.permission = 'opportunities.read'",
    ),
    values: inA,
    raises: true,
  },
  {
    what: "a permission of a role that nobody has",
    sql: "insert into public.role_permissions (organization_id, role_id, permission, scope) values ($1, $2, 'tasks.read', 'all')",
    values: ({ a, targets }) => [a.id, targets.otherEmptyRole.id],
    raises: false,
  },
  {
    what: "a suspended organization",
    sql: "update public.organizations set is_active = false where id = $1",
    values: inA,
    raises: true,
  },
  {
    what: "a suspended tenant",
    sql: "update public.organizations set is_active = false where id = (select parent_id from public.organizations where id = $1)",
    values: inA,
    raises: true,
  },
  {
    what: "another name of the organization",
    sql: "update public.organizations set name = 'Renamed' where id = $1",
    values: inA,
    raises: false,
  },
  {
    what: "a guest who is removed",
    sql: "update public.partner_members set status = 'removed', removed_at = now() where user_id = $1",
    values: guest,
    raises: true,
  },
  {
    what: "a guest who is gone",
    sql: "delete from public.partner_members where user_id = $1",
    values: guest,
    raises: true,
  },
  {
    what: "a guest who was removed before",
    sql: "delete from public.partner_members where user_id = $1",
    values: ({ who }) => [who("removed partner user").id],
    raises: false,
  },
  {
    what: "another name of a guest",
    sql: "update public.partner_members set display_name = 'Renamed' where user_id = $1",
    values: guest,
    raises: false,
  },
  {
    what: "an archived partner with guests",
    sql: "update public.partners set archived_at = now() where id = $1",
    values: ({ a }) => [a.partner],
    raises: true,
  },
  {
    what: "an archived partner without",
    sql: "update public.partners set archived_at = now() where id = $1",
    values: ({ targets }) => [targets.partner.id],
    raises: false,
  },
  {
    what: "an access that is opened",
    sql: "insert into private.platform_access (organization_id, user_id, reason, expires_at) values ($1, $2, 'Asked for by a test.', now() + interval '1 hour')",
    values: ({ a, who }) => [a.id, who("staff").id],
    raises: true,
  },
  {
    what: "an access that is closed",
    sql: "update private.platform_access set expires_at = now() where organization_id = $1",
    values: inA,
    raises: true,
  },
  {
    what: "an access that is gone",
    sql: "delete from private.platform_access where organization_id = $1",
    values: inA,
    raises: true,
  },
];

const eachBehaviours: Behaviours = Object.fromEntries(
  raisings.map(({ what, sql, values, raises: isRaised }) => [
    `${what} raises ${isRaised ? "the" : "no"} epoch`,
    async (scene: Scene) => (await raises(scene, scene.a.id, sql, values?.(scene))) === isRaised,
  ]),
);

export const toGuests = (messages: Message[]) => messages.filter(({ topic }) => topic.includes(":portal#"));

const onceBehaviours: Behaviours = {
  "a permission of a role that only the deactivated have raises no epoch": async (scene) => {
    await scene.ask("update public.memberships set role_id = $2 where user_id = $1", [
      scene.targets.formerMember.id,
      scene.targets.otherEmptyRole.id,
    ]);
    return !(await raises(
      scene,
      scene.a.id,
      "insert into public.role_permissions (organization_id, role_id, permission, scope) values ($1, $2, 'tasks.read', 'all')",
      [scene.a.id, scene.targets.otherEmptyRole.id],
    ));
  },
  "an archived partner whose guests were removed raises no epoch": async (scene) => {
    await scene.ask(
      "update public.partner_members set status = 'removed', removed_at = now() where partner_id = $1 and status = 'active'",
      [scene.a.partner],
    );
    return !(await raises(scene, scene.a.id, "update public.partners set archived_at = now() where id = $1", [
      scene.a.partner,
    ]));
  },
  "an access that runs out raises the epoch, once": async (scene) => {
    await scene.ask(
      `insert into private.platform_access (organization_id, user_id, reason, opened_at, expires_at)
       values ($1, $2, 'Asked for by a test.', now() - interval '1 hour', now() - interval '1 minute')`,
      [scene.a.id, scene.who("staff").id],
    );
    if (!(await raises(scene, scene.a.id, "select private.end_lapsed_access()"))) return false;
    const before = await epochOf(scene, scene.a.id);
    await scene.ask("update private.live_epochs set raised_by = '1'");
    await scene.ask("select private.end_lapsed_access()");
    return (await epochOf(scene, scene.a.id)) === before;
  },
  "an epoch is raised once a transaction": async (scene) => {
    const before = await epochOf(scene, scene.a.id);
    await forgetRaised(scene);
    await scene.ask("delete from private.platform_access where organization_id = $1", [scene.a.id]);
    await scene.ask("update public.organizations set is_active = false where id = $1", [scene.a.id]);
    return (await epochOf(scene, scene.a.id)) === before + 1;
  },
  "who listens in portals is told of an epoch, and where nobody does nobody is": async (scene) => {
    const { ask, a, who } = scene;
    await ask("update public.partner_members set status = 'removed', removed_at = now() where user_id = $1", [
      who("user of another partner").id,
    ]);
    const open = await ask<{ topic: string }>(
      `select distinct format('org:%s:partner:%s:portal#%s', m.organization_id, m.partner_id, private.live_epoch_of($1)) as topic
       from public.partner_members as m where m.organization_id = $1 and m.status = 'active' order by 1`,
      [a.id],
    );
    await forgetRaised(scene);
    const messages = await told(scene, () =>
      ask("update public.organizations set is_active = false where id = $1", [a.id]),
    );
    return (
      open.length > 0 &&
      toGuests(messages)
        .map(({ topic }) => topic)
        .join() === open.map(({ topic }) => topic).join()
    );
  },
  "whoever gains, changes or loses a membership hears of it": async (scene) => {
    const { ask, a, targets, who } = scene;
    const person = who("outsider").id;
    const heard = async (sql: string, values: unknown[], whom: string) =>
      (await told(scene, () => ask(sql, values))).some(
        ({ topic, event, payload }) =>
          topic === `user:${whom}` && event === "membership" && payload.organization_id === a.id,
      );
    return (
      (await heard(
        "insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color) values ($1, $2, $3, 'New', 'teal')",
        [a.id, person, a.roles.vp],
        person,
      )) &&
      (await heard(
        "update public.memberships set role_id = $2 where user_id = $1",
        [person, a.roles.sales_rep],
        person,
      )) &&
      (await heard("delete from public.memberships where user_id = $1", [targets.member.id], targets.member.id))
    );
  },
};

export const raisingBehaviours: Behaviours = { ...eachBehaviours, ...onceBehaviours };
