// Live channels: what changed is told to those whom it concerns, as far as they can see it, and to nobody else.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import { auditedWrites } from "./audit-behaviours.ts";
import { type Message, toGuests, told } from "./live-raising-behaviours.ts";

const setTask = (scene: Scene, change: string) =>
  told(scene, () => scene.ask(`update public.partner_tasks set ${change} where id = $1`, [scene.a.task]));
const isTold = (messages: Message[], table: string, op: string) =>
  messages.some(({ event, payload }) => event === "changes" && payload.table === table && payload.op === op);

const tableBehaviours: Behaviours = {
  ...Object.fromEntries(
    Object.entries(auditedWrites).map(([table, writes]) => [
      `what is added to ${table}, changed there and removed is told`,
      async (scene: Scene) => {
        for (const command of ["insert", "update", "delete"] as const) {
          const [sql, values] = writes[command](scene);
          if (!isTold(await told(scene, () => scene.ask(sql, values)), table, command)) throw new Error(command);
        }
        return true;
      },
    ]),
  ),
  "what becomes of a profile is told": async (scene) => {
    const { ask, who } = scene;
    const [made] = await ask<{ id: string }>("select gen_random_uuid() as id");
    const { id } = made ?? who("outsider");
    for (const [command, sql] of [
      [
        "insert",
        "insert into public.profiles (user_id, display_name, email, avatar_color) values ($1, 'Told', 'told-of@world.test', 'teal')",
      ],
      ["update", "update public.profiles set theme = 'dark' where user_id = $1"],
      ["delete", "delete from public.profiles where user_id = $1"],
    ] as const)
      if (!isTold(await told(scene, () => ask(sql, [id])), "profiles", command)) throw new Error(command);
    return true;
  },
  "every live table is tried here": async ({ ask }) => {
    const tables = await ask<{ name: string }>(
      "select c.relname as name from private.live_tables as live join pg_class as c on c.oid = live.target",
    );
    return tables.length > 20 && tables.every(({ name }) => name === "profiles" || name in auditedWrites);
  },
};

export const tellingBehaviours: Behaviours = {
  ...tableBehaviours,
  "what is written in one organization is told in no other": async (scene) => {
    const { ask, a } = scene;
    const messages = await told(scene, async () => {
      await ask("update public.partners set name = name || '!' where organization_id = $1", [a.id]);
      await ask("update public.opportunities set name = name || '!' where organization_id = $1", [a.id]);
      await ask("update public.partner_tasks set title = title || '!' where organization_id = $1", [a.id]);
      await ask(
        "insert into public.partner_resources (organization_id, title, url, document_type, published_at) values ($1, 'For all', 'https://all.example', 'plan', now())",
        [a.id],
      );
    });
    const known = await ask<{ id: string }>(
      `select user_id as id from public.memberships where organization_id = $1 and status = 'active'
       union all select id from public.partners where organization_id = $1`,
      [a.id],
    );
    return (
      messages.length > 5 &&
      messages.every(({ topic }) => {
        const [, organization, partner, person] = /^(?:org:([^:]+):(?:partner:([^:#]+))?|user:(.*))/.exec(topic) ?? [];
        return (
          (organization ? organization === a.id : true) &&
          [partner, person].every((id) => !id || known.some((row) => row.id === id))
        );
      })
    );
  },
  "nobody hears of deals of their own where they no longer belong": async (scene) => {
    const { ask, a, who } = scene;
    const person = who("foreign rep").id;
    await ask(
      `insert into public.memberships (organization_id, user_id, role_id, status, deactivated_at, display_name, avatar_color)
       values ($1, $2, $3, 'active', null, 'Was here', 'teal')`,
      [a.id, person, a.roles.sales_rep],
    );
    const heard = async () =>
      (
        await told(scene, async () => {
          await ask(
            "update public.opportunities set next_step = coalesce(next_step, '') || 'n' where name = 'Of a test'",
          );
        })
      ).filter(({ topic }) => topic === `user:${person}`).length;
    await ask(
      "insert into public.opportunities (organization_id, customer_id, name, owner_id) values ($1, $2, 'Of a test', $3)",
      [a.id, a.customer, person],
    );
    const while_active = await heard();
    await ask(
      "update public.memberships set status = 'deactivated', deactivated_at = now() where organization_id = $1 and user_id = $2",
      [a.id, person],
    );
    return while_active === 1 && (await heard()) === 0;
  },
  "nobody hears of deals of their own in a suspended organization": async (scene) => {
    const { ask, a, who } = scene;
    const person = who("sales_rep").id;
    const change = () =>
      told(scene, () =>
        ask("update public.opportunities set next_step = coalesce(next_step, '') || 'n' where owner_id = $1", [person]),
      );
    const before = await change();
    await ask("update public.organizations set is_active = false where id = $1", [a.id]);
    const after = await change();
    const own = (messages: Message[]) => messages.filter(({ topic }) => topic === `user:${person}`).length;
    return own(before) > 0 && own(after) === 0;
  },
  "a deal of one's own is told once, to whoever sees all of them with everybody": async (scene) => {
    const { ask, a, who } = scene;
    const messages = await told(scene, async () => {
      for (const label of ["vp", "sales_rep"])
        await ask(
          "insert into public.opportunities (organization_id, customer_id, name, owner_id) values ($1, $2, 'Of a test', $3)",
          [a.id, a.customer, who(label).id],
        );
    });
    return (
      messages
        .filter(({ topic }) => topic.startsWith("user:"))
        .map(({ topic }) => topic)
        .join() === `user:${who("sales_rep").id}`
    );
  },
  "a portal hears only of what it shows": async (scene) => {
    const { ask, a } = scene;
    await ask("update public.partner_tasks set is_shared = false where id = $1", [a.task]);
    const steps = [
      ["priority = 'high'", 0],
      ["title = 'Hidden still'", 0],
      ["is_shared = true", 1],
      ["priority = 'low'", 0],
      ["title = 'Shown'", 1],
      ["is_shared = false", 1],
    ] as const;
    for (const [change, expected] of steps)
      if (toGuests(await setTask(scene, change)).length !== expected) return false;
    return true;
  },
  "a portal hears of a row, whatever it was, no more than its table": async (scene) => {
    await scene.ask("update public.partner_tasks set is_shared = true where id = $1", [scene.a.task]);
    const [message] = toGuests(await setTask(scene, "title = 'Shown'"));
    return message?.event === "refetch" && JSON.stringify(message.payload) === '{"table":"partner_tasks"}';
  },
  "a portal whose guests were removed hears nothing": async (scene) => {
    await scene.ask("update public.partner_tasks set is_shared = true where id = $1", [scene.a.task]);
    await scene.ask(
      "update public.partner_members set status = 'removed', removed_at = now() where organization_id = $1 and status = 'active'",
      [scene.a.id],
    );
    return toGuests(await setTask(scene, "title = 'Shown'")).length === 0;
  },
  "a rejected registration looks the same in the portal, and is not told there": async (scene) => {
    const { ask, a } = scene;
    const added = await told(scene, () =>
      ask(
        `insert into public.deal_registrations (organization_id, partner_id, referral_id, account_domain, account_name, product)
         select $1, r.partner_id, r.id, 'told.example', 'Told', 'platform' from public.partner_referrals as r
         where r.organization_id = $1 and r.partner_id = $2 limit 1`,
        [a.id, a.partner],
      ),
    );
    const rejected = await told(scene, () =>
      ask(
        "update public.deal_registrations set status = 'rejected', decided_at = now(), reason = 'Taken' where account_domain = 'told.example'",
      ),
    );
    return toGuests(added).length === 1 && rejected.length > 0 && toGuests(rejected).length === 0;
  },
  "what an organization inherits is told below": async (scene) => {
    const { ask, a, b, value } = scene;
    const tenant = await value("select parent_id from public.organizations where id = $1", [a.id]);
    const belows = async (sql: string) =>
      (await told(scene, () => ask(sql, [tenant]))).filter(
        ({ topic, event, payload }) =>
          topic.startsWith(`org:${a.id}:notices#`) && event === "refetch" && payload.table === "configurations",
      ).length;
    await ask("delete from public.configurations where organization_id = $1", [tenant]);
    for (const sql of [
      "insert into public.configurations (organization_id, category, key, value) values ($1, 'team', 'team_size', '7')",
      "update public.configurations set value = '8' where organization_id = $1",
      "delete from public.configurations where organization_id = $1",
    ])
      if ((await belows(sql)) !== 1) return false;
    const [elsewhere] = await ask<{ n: string }>("select count(*) as n from realtime.messages where topic like $1", [
      `org:${b.id}:%`,
    ]);
    return Number(elsewhere?.n) === 0;
  },
  "an organization that is deleted leaves no word behind": async ({ ask, value }) => {
    const id = await value(
      "insert into public.organizations (name, slug) values ('Brief', 'brief-one-of-a-test') returning id",
    );
    await ask("insert into public.partners (organization_id, name) values ($1, 'Brief')", [id]);
    const kept = "select count(*)::integer from private.live_changes where organization_id = $1";
    if ((await value(kept, [id])) === 0) return false;
    await ask("delete from public.organizations where id = $1", [id]);
    return (await value(kept, [id])) === 0;
  },
  "a session that has ended listens to nothing": async ({ ask, as, who, a, value }) => {
    const person = who("org_admin");
    const session = await value(
      "insert into auth.sessions (id, user_id, created_at, updated_at) values (gen_random_uuid(), $1, now(), now()) returning id",
      [person.id],
    );
    const joins = async () => {
      const { rows } = await as<{ joins: boolean }>(
        { ...person, session: String(session) },
        "select private.may_join_topic(format('org:%s:notices#%s', $1::uuid, public.live_epoch($1))) as joins",
        [a.id],
      );
      return rows[0]?.joins;
    };
    const before = await joins();
    await ask("delete from auth.sessions where id = $1", [session]);
    return before === true && (await joins()) === false;
  },
};
