// What the timeline tells: for each table that feeds it, what happens to a row there and which kinds of event that leaves, and that
// what was told stays as it is.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import { documentLives } from "./document-lives.ts";
import { referralLives } from "./referral-lives.ts";
import { timelineReadingBehaviours } from "./timeline-reading-behaviours.ts";
import { workLives } from "./work-lives.ts";

interface Step {
  sql: string;
  values?: (scene: Scene) => unknown[];
  /** Exactly these, in this order. */
  leaves: string[];
}

/** By table: one row's life, at least one step for each command that has a rule. */
export type Lives = Record<string, Step[]>;

const lives: Lives = {
  ...referralLives,
  ...workLives,
  ...documentLives,
  partners: [
    {
      sql: "insert into public.partners (organization_id, name) values ($1, 'Told by a test')",
      values: ({ a }) => [a.id],
      leaves: ["partner_created"],
    },
    {
      sql: "update public.partners set tier = 'gold', archived_at = now() where name = 'Told by a test'",
      leaves: ["partner_archived", "tier_changed"],
    },
  ],
  opportunities: [
    {
      sql: "insert into public.opportunities (organization_id, customer_id, partner_id, name) values ($1, $2, $3, 'Told by a test')",
      values: ({ a }) => [a.id, a.customer, a.partner],
      leaves: ["opportunity_created"],
    },
    {
      sql: "update public.opportunities set stage = 'closed_won', reason = 'price', value = 5, currency = 'EUR' where name = 'Told by a test'",
      leaves: ["opportunity_won", "opportunity_value_changed"],
    },
    {
      sql: "update public.opportunities set partner_id = $1 where name = 'Told by a test'",
      values: ({ targets }) => [targets.partner.id],
      leaves: ["opportunity_received", "opportunity_moved_away"],
    },
    {
      sql: "update public.opportunities set partner_id = null where name = 'Told by a test'",
      leaves: ["opportunity_moved_away"],
    },
    { sql: "update public.opportunities set stage = 'demo' where name = 'Told by a test'", leaves: [] },
  ],
  partner_members: [
    {
      sql: `insert into public.partner_members (organization_id, partner_id, email, display_name)
        values ($1, $2, 'told@world.test', 'Told by a test')`,
      values: ({ a }) => [a.id, a.partner],
      leaves: ["portal_user_invited"],
    },
    {
      sql: `update public.partner_members set status = 'active', user_id = $1, joined_at = now() where email = 'told@world.test'`,
      values: ({ who }) => [who("outsider").id],
      leaves: ["portal_user_joined"],
    },
    {
      sql: "update public.partner_members set status = 'removed', removed_at = now() where email = 'told@world.test'",
      leaves: ["portal_user_removed"],
    },
    {
      sql: `insert into public.partner_members (organization_id, partner_id, email, display_name)
        values ($1, $2, 'never-came@world.test', 'Told by a test')`,
      values: ({ a }) => [a.id, a.partner],
      leaves: ["portal_user_invited"],
    },
    {
      sql: "update public.partner_members set status = 'removed', removed_at = now() where email = 'never-came@world.test'",
      leaves: ["portal_user_removed"],
    },
  ],
};

const tells = (table: string, steps: Step[]) =>
  async function told({ ask, ...scene }: Scene): Promise<boolean> {
    for (const { sql, values, leaves } of steps) {
      const [last] = await ask<{ id: string }>("select coalesce(max(id), 0) as id from public.partner_activity_log");
      await ask(sql, values?.({ ask, ...scene }) ?? []);
      const events = await ask<{ kind: string; organization_id: string }>(
        "select kind, organization_id from public.partner_activity_log where id > $1 and subject_table = $2 order by id",
        [last?.id, table],
      );
      if (events.map(({ kind }) => kind).join() !== leaves.join()) return false;
      if (events.some(({ organization_id }) => organization_id !== scene.a.id)) return false;
    }
    return true;
  };

export const timelineBehaviours: Behaviours = {
  ...timelineReadingBehaviours,
  ...Object.fromEntries(
    Object.entries(lives).map(([table, steps]) => [`${table} feed the timeline`, tells(table, steps)]),
  ),
  "every table that feeds the timeline is tried here, with every command that it has a rule for": async ({ ask }) => {
    const fed = await ask<{ table: string; commands: string[] }>(
      `select c.relname as table, array(select distinct r.on_event from unnest(t.rules) as r) as commands
       from private.activity_tables as t join pg_class as c on c.oid = t.target`,
    );
    for (const { table, commands } of fed)
      for (const command of commands)
        if (!lives[table]?.some(({ sql, leaves }) => leaves.length > 0 && sql.startsWith(command)))
          throw new Error(`no ${command} of ${table}`);
    return fed.length > 0;
  },
  "the timeline is changed, emptied and shortened by nobody": async ({ ask, attempt, a }) => {
    await ask("insert into public.partners (organization_id, name) values ($1, 'Told by a test')", [a.id]);
    await ask(
      "insert into private.activity_erasures (organization_id, source_key, audit_id) values ($1, 'partners:none', 0)",
      [a.id],
    );
    for (const sql of [
      "update public.partner_activity_log set occurred_at = '2020-01-01'",
      "update public.partner_activity_log set actor_name = null",
      "delete from public.partner_activity_log",
      "truncate public.partner_activity_log",
      "update private.activity_erasures set source_key = 'partners:some'",
      "delete from private.activity_erasures",
      "truncate private.activity_erasures",
    ])
      if ((await attempt(sql)).error?.code !== "PW040") return false;
    return true;
  },
  "an event names a colleague as they are called in its organization, wherever else they work": async (scene) => {
    const { ask, value, who, a } = scene;
    const owner = who("in both").id;
    await ask("update public.partners set owner_id = $2 where id = $1", [a.partner, owner]);
    const named = await value(
      "select after ->> 'name' from public.partner_activity_log where partner_id = $1 and kind = 'owner_changed' order by id desc limit 1",
      [a.partner],
    );
    const called = await value(
      "select display_name from public.memberships where organization_id = $1 and user_id = $2",
      [a.id, owner],
    );
    return typeof named === "string" && named === called;
  },
};
