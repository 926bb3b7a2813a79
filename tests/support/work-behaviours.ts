// Work with partners: what triggers keep, and what policies say of rows that are one's own.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import type { Persona } from "./world.ts";

const codeOf = async (scene: Scene, sql: string, values: unknown[] = []) =>
  (await scene.attempt(sql, values)).error?.code ?? null;

const addTask =
  "insert into public.partner_tasks (organization_id, partner_id, title, assignee_id) values ($1, $2, 'Tried', $3)";
const addComment = `insert into public.partner_task_comments (organization_id, partner_id, task_id, body, author_id, author_name)
  values ($1, $2, $3, 'Tried', $4, 'Forged')`;
const addTraining = `insert into public.partner_training (organization_id, partner_id, title, person_name, status, completed_at, expires_on)
  values ($1, $2, 'Tried', 'Pat', $3, $4, $5) returning expires_on::text`;

/** "in both" is a rep in B. From here on, one who may no longer do this. */
const takeFromRepsOfB = ({ ask, b }: Scene, permission: string) =>
  ask("delete from public.role_permissions where role_id = $1 and permission = $2", [b.roles.sales_rep, permission]);

interface Own {
  table: string;
  permission: string;
  /** The column that makes it their own. */
  column: string;
  change: string;
  plant(scene: Scene, who: Persona, where: "a" | "b"): Promise<unknown>;
}

const plants: Own[] = [
  {
    table: "partner_tasks",
    permission: "tasks.write",
    column: "assignee_id",
    change: "description = 'Mine'",
    plant: ({ ask, ...scene }, { id }, where) => ask(addTask, [scene[where].id, scene[where].partner, id]),
  },
  {
    table: "partner_interactions",
    permission: "activity.log",
    column: "user_id",
    change: "notes = 'Mine'",
    plant: ({ ask, ...scene }, { id }, where) =>
      ask(
        "insert into public.partner_interactions (organization_id, partner_id, user_id, interaction_type, subject) values ($1, $2, $3, 'call', 'Tried')",
        [scene[where].id, scene[where].partner, id],
      ),
  },
  {
    table: "partner_task_comments",
    permission: "tasks.write",
    column: "author_id",
    change: "body = 'Mine'",
    plant: ({ ask, ...scene }, { id }, where) =>
      ask(addComment, [scene[where].id, scene[where].partner, scene[where].task, id]),
  },
];

const ofOnesOwn = ({ table, permission, column, change, plant }: Own): Behaviours => ({
  [`${table} of one's own are changed while one may, and not after`]: async (scene) => {
    const who = scene.who("in both");
    await plant(scene, who, "b");
    const changed = () =>
      scene.as(who, `update public.${table} set ${change} where organization_id = $1 and ${column} = $2 returning id`, [
        scene.b.id,
        who.id,
      ]);
    const before = await changed();
    await takeFromRepsOfB(scene, permission);
    // Not there for them, which is not the same as found and refused.
    const after = await changed();
    return before.rows.length === 1 && after.error === null && after.rows.length === 0;
  },
  [`${table} of one's own do not move where one may not`]: async (scene) => {
    const who = scene.who("in both");
    await plant(scene, who, "a");
    await takeFromRepsOfB(scene, permission);
    await scene.ask(`grant update (organization_id) on public.${table} to authenticated`);
    const { error } = await scene.as(
      who,
      `update public.${table} set organization_id = $1 where organization_id = $2 and ${column} = $3`,
      [scene.b.id, scene.a.id, who.id],
    );
    return error?.code === "42501";
  },
  [`${table} are changed by who holds ${permission} alone, and by nobody without`]: async (scene) => {
    // Without a filter on what they could read: the policy for changing decides alone.
    const changedBy = async (label: string) => {
      const who = scene.who(label);
      await plant(scene, who, "a");
      await scene.as(who, `update public.${table} set ${change}`);
      return scene.value(`select coalesce(${change}, false) from public.${table} where ${column} = $1`, [who.id]);
    };
    return (await changedBy(`all but ${permission}`)) === false && (await changedBy(`only ${permission}`)) === true;
  },
});

const givenAway = (table: string, column: string, permission: string): Behaviours => ({
  [`${table} of one's own are not given away by who may only write those`]: async (scene) => {
    const rep = scene.who("sales_rep");
    const give = `update public.${table} set ${column} = $1 where organization_id = $2 and ${column} = $3`;
    const { error } = await scene.as(rep, give, [scene.a.member, scene.a.id, rep.id]);
    await scene.ask("update public.role_permissions set scope = 'all' where role_id = $1 and permission = $2", [
      scene.a.roles.sales_rep,
      permission,
    ]);
    return error?.code === "42501" && (await scene.as(rep, give, [scene.a.member, scene.a.id, rep.id])).error === null;
  },
});

export const workBehaviours: Behaviours = {
  ...Object.assign({}, ...plants.map(ofOnesOwn)),
  ...givenAway("partner_tasks", "assignee_id", "tasks.write"),
  ...givenAway("partner_interactions", "user_id", "activity.log"),
  "a task's author is who adds it": async ({ as, value, who, a }) => {
    const rep = who("sales_rep");
    await as(rep, addTask, [a.id, a.partner, null]);
    return (await value("select created_by from public.partner_tasks where title = 'Tried'")) === rep.id;
  },
  "a task is completed at a time while it is completed, and not otherwise": async ({ ask, value, a }) => {
    const at = () => value("select completed_at = now() from public.partner_tasks where id = $1", [a.task]);
    const become = (status: string) =>
      ask("update public.partner_tasks set status = $2, completed_at = '2020-01-01Z' where id = $1 and status <> $2", [
        a.task,
        status,
      ]);
    await ask("update public.partner_tasks set status = 'completed' where id = $1", [a.task]);
    const done = await at();
    await become("cancelled");
    return done === true && (await at()) === null;
  },
  "a new task's assignee, and another one, is an active member": async (scene) => {
    const left = scene.who("deactivated").id;
    const codes = [
      await codeOf(scene, addTask, [scene.a.id, scene.a.partner, left]),
      await codeOf(scene, "update public.partner_tasks set assignee_id = $2 where id = $1", [scene.a.task, left]),
    ];
    return codes.join() === "PW066,PW066";
  },
  "priorities and kinds of contact are the organization's": async (scene) => {
    const codes = [
      await codeOf(
        scene,
        "insert into public.partner_tasks (organization_id, partner_id, title, priority) values ($1, $2, 'Tried', 'nope')",
        [scene.a.id, scene.a.partner],
      ),
      await codeOf(scene, "update public.partner_tasks set priority = 'nope' where id = $1", [scene.a.task]),
      await codeOf(
        scene,
        "insert into public.partner_interactions (organization_id, partner_id, user_id, interaction_type, subject) values ($1, $2, $3, 'nope', 'Tried')",
        [scene.a.id, scene.a.partner, scene.a.member],
      ),
      await codeOf(
        scene,
        "update public.partner_interactions set interaction_type = 'nope' where organization_id = $1",
        [scene.a.id],
      ),
    ];
    return codes.every((code) => code === "PW050");
  },
  "a comment is signed by who writes it, under their own name": async ({ as, ask, who, a }) => {
    const manager = who("partnership_manager");
    await ask("grant insert (author_id, author_name) on public.partner_task_comments to authenticated");
    await as(manager, addComment, [a.id, a.partner, a.task, who("vp").id]);
    const [comment] = await ask<{ author_id: string; author_name: string }>(
      "select author_id, author_name from public.partner_task_comments where body = 'Tried'",
    );
    return comment?.author_id === manager.id && comment.author_name === manager.name;
  },
  "a comment is changed and taken back by its author alone": async (scene) => {
    const [author, other] = [scene.who("partnership_manager"), scene.who("org_admin")];
    await scene.ask(addComment, [scene.a.id, scene.a.partner, scene.a.task, author.id]);
    const tries = async (who: Persona) => {
      const changed = await scene.as(
        who,
        "update public.partner_task_comments set body = 'Changed' where body in ('Tried', 'Changed') returning edited_at",
      );
      const gone = await scene.as(
        who,
        "delete from public.partner_task_comments where body in ('Tried', 'Changed') returning id",
      );
      return [changed.rows.length, gone.rows.length, changed.rows[0]?.edited_at ? "edited" : ""].join();
    };
    return (await tries(other)) === "0,0," && (await tries(author)) === "1,1,edited";
  },
  "one's own comments are taken back while one may write, and not after": async (scene) => {
    const who = scene.who("in both");
    await scene.ask(addComment, [scene.b.id, scene.b.partner, scene.b.task, who.id]);
    await takeFromRepsOfB(scene, "tasks.write");
    const gone = await scene.as(who, "delete from public.partner_task_comments where body = 'Tried' returning id");
    await scene.ask(
      "insert into public.role_permissions (organization_id, role_id, permission, scope) values ($1, $2, 'tasks.write', 'own')",
      [scene.b.id, scene.b.roles.sales_rep],
    );
    const again = await scene.as(who, "delete from public.partner_task_comments where body = 'Tried' returning id");
    return gone.rows.length === 0 && again.rows.length === 1;
  },
  "who may only write tasks of their own comments on those": async (scene) => {
    const who = scene.who("in both");
    const comment = async (task: unknown) =>
      (
        await scene.as(
          who,
          "insert into public.partner_task_comments (organization_id, partner_id, task_id, body) values ($1, $2, $3, 'Tried')",
          [scene.b.id, scene.b.partner, task],
        )
      ).error?.code ?? null;
    await scene.ask(addTask, [scene.b.id, scene.b.partner, who.id]);
    const mine = await scene.value("select id from public.partner_tasks where title = 'Tried'");
    const codes = [await comment(scene.b.task), await comment(mine)];
    await takeFromRepsOfB(scene, "tasks.write");
    return [...codes, await comment(mine)].join() === "42501,,42501";
  },
  "training counts for as long as is configured, or as it says itself": async ({ ask, a }) => {
    const ends = async (status: string, completed: string | null, expires: string | null) =>
      (await ask<{ expires_on: string | null }>(addTraining, [a.id, a.partner, status, completed, expires]))[0]
        ?.expires_on;
    await ask(
      "insert into public.configurations (organization_id, category, key, value) values ($1, 'partners', 'certification_months', '6')",
      [a.id],
    );
    return (
      (await ends("completed", "2026-01-31T12:00:00Z", null)) === "2026-07-31" &&
      (await ends("completed", "2026-01-31T12:00:00Z", "2030-01-01")) === "2030-01-01" &&
      (await ends("assigned", "2026-01-31T12:00:00Z", "2030-01-01")) === null
    );
  },
  "each change of a row is a new version of it, in every table that counts them": async ({ ask }) => {
    const tables = await ask<{ name: string }>(
      `select a.attrelid::regclass::text as name from pg_attribute as a join pg_class as c on c.oid = a.attrelid
       where a.attname = 'version' and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         -- Of a membership only the role and the status count.
         and c.relname <> 'memberships'`,
    );
    for (const { name } of tables) {
      const one = `from ${name} order by created_at, ctid limit 1`;
      const [before] = await ask<{ version: string; ctid: string }>(`select version, ctid ${one}`);
      if (!before) throw new Error(`The world has no row in ${name}.`);
      const [after] = await ask<{ version: string }>(
        `update ${name} set created_at = created_at - interval '1 second' where ctid = $1 returning version`,
        [before.ctid],
      );
      if (Number(after?.version) !== Number(before.version) + 1) throw new Error(name);
    }
    return tables.length > 20;
  },
};
