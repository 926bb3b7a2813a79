// Tasks, comments, contacts and training over HTTP: what others' ids are worth, whose words are whose, and creates tried again.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let manager: Persona;
beforeAll(async () => {
  world = await buildWorld(ask);
  manager = persona(world, "partnership_manager");
});
afterAll(() => owner.close());

const ofA = () => ({ organization_id: world.organizations.a.id, partner_id: world.organizations.a.partner });

type Row = Record<string, unknown>;

/** A row of each table that a manager adds; what it belongs to can be said otherwise. */
const rows = (): Record<
  "partner_tasks" | "partner_task_comments" | "partner_interactions" | "partner_training",
  Row
> => ({
  partner_tasks: { ...ofA(), title: "Tried" },
  partner_task_comments: { ...ofA(), task_id: world.organizations.a.task, body: "Tried" },
  partner_interactions: { ...ofA(), interaction_type: "call", subject: "Tried" },
  partner_training: { ...ofA(), title: "Tried", person_name: "Pat" },
});

test("a create that is tried again, ten times at once, makes one row", async () => {
  for (const [table, row] of Object.entries(rows())) {
    const client_key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        clientOf(manager)
          .from(table)
          .insert({ ...row, client_key }),
      ),
    );
    expect(answers.map(({ error }) => error?.code ?? "made").sort(), table).toEqual([
      ...Array(9).fill("23505"),
      "made",
    ]);
    expect(await ask(`select id from public.${table} where client_key = $1`, [client_key])).toHaveLength(1);
  }
});

test("what belongs to another organization is answered like what belongs to nobody", async () => {
  const { b } = world.organizations;
  const theirs = await ask<{ id: string }>(
    `insert into public.partner_members (organization_id, partner_id, email, display_name) values ($1, $2, $3, $3) returning id`,
    [b.id, b.partner, `${b.canary}@world.test`],
  );
  const references: [table: keyof ReturnType<typeof rows>, column: string, id: string | undefined][] = [
    ["partner_tasks", "partner_id", b.partner],
    ["partner_tasks", "assignee_id", b.member],
    ["partner_task_comments", "partner_id", b.partner],
    ["partner_task_comments", "task_id", b.task],
    ["partner_interactions", "partner_id", b.partner],
    ["partner_interactions", "user_id", b.member],
    ["partner_training", "partner_id", b.partner],
    ["partner_training", "partner_member_id", theirs[0]?.id],
  ];
  for (const [table, column, foreign] of references) {
    const answers = [];
    for (const id of [foreign, randomUUID()]) {
      const { error } = await changesNothing(ask, world, async () =>
        clientOf(manager)
          .from(table)
          .insert({ ...rows()[table], [column]: id }),
      );
      expect(error?.code, `${table}.${column}`).toMatch(/^(23503|PW066|42501)$/);
      answers.push(JSON.stringify(error).replaceAll(String(id), "…"));
    }
    expect(answers[0], `${table}.${column}`).toBe(answers[1]);
  }
  for (const [table, row] of Object.entries(rows()))
    expect((await clientOf(manager).from(table).insert(row)).error, table).toBeNull();
});

test("a comment on one partner's task cannot be hung on another partner", async () => {
  const { a } = world.organizations;
  const [other] = await ask<{ id: string }>(
    "select id from public.partners where organization_id = $1 and id <> $2 limit 1",
    [a.id, a.partner],
  );
  const { error } = await changesNothing(ask, world, async () =>
    clientOf(manager)
      .from("partner_task_comments")
      .insert({ ...rows().partner_task_comments, partner_id: other?.id }),
  );
  expect(error?.code).toBe("23503");
});

test("an administrator changes and deletes nobody else's words, the author does", async () => {
  const { data } = await clientOf(manager)
    .from("partner_task_comments")
    .insert(rows().partner_task_comments)
    .select()
    .single()
    .throwOnError();
  expect(data).toMatchObject({ author_id: manager.id, author_name: manager.name, is_from_partner: false });
  const admin = clientOf(persona(world, "org_admin"));
  await changesNothing(ask, world, async () => {
    const changed = await admin
      .from("partner_task_comments")
      .update({ body: "Never said" }, { count: "exact" })
      .eq("id", data.id);
    const gone = await admin.from("partner_task_comments").delete({ count: "exact" }).eq("id", data.id);
    expect([changed.count, gone.count]).toEqual([0, 0]);
  });
  const mine = clientOf(manager).from("partner_task_comments");
  const changed = await mine.update({ body: "Better said" }).eq("id", data.id).select("body, edited_at").single();
  expect(changed.data).toMatchObject({ body: "Better said", edited_at: expect.any(String) });
  expect((await mine.delete({ count: "exact" }).eq("id", data.id)).count).toBe(1);
});

test("a form that saw an older version of a task changes nothing", async () => {
  const { task } = world.organizations.a;
  const [{ version } = { version: "" }] = await ask<{ version: string }>(
    "select version from public.partner_tasks where id = $1",
    [task],
  );
  const save = (description: string) =>
    clientOf(manager).from("partner_tasks").update({ description }).eq("id", task).eq("version", version).select("id");
  expect((await save("First")).data).toEqual([{ id: task }]);
  expect((await changesNothing(ask, world, async () => save("Stale"))).data).toEqual([]);
});

test("who may only write their own neither takes a colleague's task nor logs in a colleague's name", async () => {
  const rep = clientOf(persona(world, "sales_rep"));
  const colleague = persona(world, "sales_manager");
  const { data: task } = await clientOf(manager)
    .from("partner_tasks")
    .insert({ ...rows().partner_tasks, assignee_id: colleague.id })
    .select("id")
    .single()
    .throwOnError();
  await changesNothing(ask, world, async () => {
    const taken = await rep
      .from("partner_tasks")
      .update({ assignee_id: persona(world, "sales_rep").id }, { count: "exact" })
      .eq("id", task.id);
    const deleted = await rep.from("partner_tasks").delete({ count: "exact" }).eq("id", task.id);
    const logged = await rep
      .from("partner_interactions")
      .insert({ ...rows().partner_interactions, user_id: colleague.id });
    expect([taken.count, deleted.count, logged.error?.code]).toEqual([0, 0, "42501"]);
  });
  const own = await rep.from("partner_interactions").insert(rows().partner_interactions).select("user_id").single();
  expect(own.data).toEqual({ user_id: persona(world, "sales_rep").id });
});

test("what is taken down in a task, a comment or a contact is text, whatever it looks like", async () => {
  const markup = `<img src=x onerror=alert(1)> =cmd|' /C calc'!A0 \u{1F642}`;
  const { data } = await clientOf(manager)
    .from("partner_tasks")
    .insert({ ...rows().partner_tasks, title: markup, metadata: { organization_id: world.organizations.b.id } })
    .select("title, organization_id")
    .single()
    .throwOnError();
  expect(data).toEqual({ title: markup, organization_id: world.organizations.a.id });
  for (const certificate_url of [
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    " https://a.example",
    "data:text/html,x",
  ]) {
    const { error } = await changesNothing(ask, world, async () =>
      clientOf(manager)
        .from("partner_training")
        .insert({ ...rows().partner_training, certificate_url }),
    );
    expect(error?.code, certificate_url).toBe("23514");
  }
});

test("a backfill beside live rows tells nothing twice", async () => {
  const { a } = world.organizations;
  const count = async () =>
    Number(
      (
        await ask<{ count: string }>("select count(*) from public.partner_activity_log where organization_id = $1", [
          a.id,
        ])
      )[0]?.count,
    );
  const before = await count();
  await Promise.all([
    clientOf(manager).from("partner_interactions").insert(rows().partner_interactions).throwOnError(),
    ...["partner_tasks", "partner_task_comments", "partner_interactions"].flatMap((table) => [
      ask("select private.backfill_partner_activity($1)", [`public.${table}`]),
      ask("select private.backfill_partner_activity($1)", [`public.${table}`]),
    ]),
  ]);
  expect(await count()).toBe(before + 1);
});
