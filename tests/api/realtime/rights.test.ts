// Who hears what over a socket, as an attacker would try it: another organization, people of partners, whoever has just lost a right.
import { randomUUID } from "node:crypto";
import type { SupabaseClient } from "@supabase/supabase-js";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { type Ear, hears, listenTo, refusal } from "../../support/live.ts";
import { liveAreas } from "../../support/live-access.ts";
import { createPerson } from "../../support/new-person.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Organization, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let a: Organization;
let b: Organization;
const clients: SupabaseClient[] = [];

beforeAll(async () => {
  world = await buildWorld(ask);
  ({ a, b } = world.organizations);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.removeAllChannels()));
});
afterAll(() => owner.close());

function as(label: string): SupabaseClient {
  const client = clientOf(persona(world, label));
  clients.push(client);
  return client;
}

async function topicOf({ id }: Organization, subject: string): Promise<string> {
  const [row] = await ask<{ epoch: string }>("select private.live_epoch_of($1) as epoch", [id]);
  return `org:${id}:${subject}#${row?.epoch}`;
}

const everySubject = ({ partner }: Organization) => [
  ...Object.keys(liveAreas),
  ...Object.keys(liveAreas)
    .filter((area) => area.startsWith("partners"))
    .map((area) => area.replace("partners", `partner:${partner}`)),
  `partner:${partner}:portal`,
];

const rename = (id: string, name = `Renamed ${randomUUID()}`) =>
  ask("update public.partners set name = $2 where id = $1", [id, name]);

/** A refused broadcast is answered with silence. */
const patience = { timeout: 500 };
const tables = (ear: Ear) => ear.heard.map(({ event, payload }) => `${event} ${payload.table}`);

describe("somebody of another organization", () => {
  test("is refused wherever they ask, as where there is nothing", async () => {
    const client = as("foreign admin");
    const reasons = new Set<string>();
    for (const subject of [...everySubject(a), "partner:00000000-0000-4000-8000-000000000000", "nothing"]) {
      const topic = await topicOf(a, subject);
      reasons.add((await refusal(await listenTo(client, topic))).replace(topic, "…"));
    }
    reasons.add(
      (await refusal(await listenTo(client, `user:${persona(world, "org_admin").id}`))).replace(/user:.*$/, "…"),
    );
    expect(reasons.size).toBe(1);
    expect(await hears(client, await topicOf(b, "partners"))).toBeDefined();
  });

  test("hears nothing of it on all that they may listen to, while colleagues do", async () => {
    const foreign = as("foreign admin");
    const ears = await Promise.all(
      everySubject(b)
        .filter((subject) => !subject.endsWith(":portal"))
        .map(async (subject) => hears(foreign, await topicOf(b, subject))),
    );
    ears.push(await hears(foreign, `user:${persona(world, "foreign admin").id}`));
    const colleague = await hears(as("org_admin"), await topicOf(a, "partners"));
    await rename(a.partner);
    await ask("update public.partner_tasks set title = title || '!' where organization_id = $1", [a.id]);
    await ask("update public.opportunities set name = name || '!' where organization_id = $1", [a.id]);
    await ask("update public.memberships set display_name = display_name || '!' where organization_id = $1", [a.id]);
    await colleague.until("a colleague hears", ({ heard }) => heard.length > 0);
    // Messages come in the order of commits: what is heard of B's own came after all of A's.
    await rename(b.partner);
    await Promise.all(
      ears
        .slice(0, 1)
        .map(() => ears[Object.keys(liveAreas).indexOf("partners")]?.until("B's own", ({ heard }) => heard.length > 0)),
    );
    const heard = ears.flatMap((ear) => ear.heard.map(({ payload }) => payload.ids));
    expect(new Set(heard.map((ids) => JSON.stringify(ids)))).toEqual(new Set([JSON.stringify([b.partner])]));
  });
});

describe("a message", () => {
  test("names rows, versions and columns, and carries no value", async () => {
    const ear = await hears(as("org_admin"), await topicOf(a, `partner:${a.partner}`));
    const secret = `Secret ${randomUUID()}`;
    await ask("update public.partners set notes = $2 where id = $1", [a.partner, secret]);
    await ear.until("it is heard", ({ heard }) => heard.length > 0);
    const [{ version } = { version: "" }] = await ask<{ version: string }>(
      "select version from public.partners where id = $1",
      [a.partner],
    );
    expect(ear.heard[0]?.payload).toEqual({
      id: expect.any(String),
      table: "partners",
      op: "update",
      ids: [a.partner],
      versions: [Number(version)],
      columns: ["notes"],
    });
    expect(JSON.stringify(ear.heard)).not.toContain(secret);
  });

  test("of a deal that moves shows its former partner nothing new", async () => {
    const client = as("org_admin");
    const [other] = await ask<{ id: string }>(
      "insert into public.partners (organization_id, name) values ($1, 'The next one') returning id",
      [a.id],
    );
    const [deal] = await ask<{ id: string }>(
      "insert into public.opportunities (organization_id, customer_id, partner_id, name) values ($1, $2, $3, 'Moving') returning id",
      [a.id, a.customer, a.partner],
    );
    const former = await hears(client, await topicOf(a, `partner:${a.partner}:opportunities`));
    const next = await hears(client, await topicOf(a, `partner:${other?.id}:opportunities`));
    const guest = await hears(as("partner user"), await topicOf(a, `partner:${a.partner}:portal`));
    await ask("update public.opportunities set partner_id = $2, name = 'Moved' where id = $1", [deal?.id, other?.id]);
    await ask("update public.opportunities set name = 'Moved on' where id = $1", [deal?.id]);
    await next.until("both are heard", ({ heard }) => heard.length === 2);
    await former.until("it is gone", ({ heard }) => heard.length > 0);
    expect(former.heard.map(({ payload: { id: _, ...rest } }) => rest)).toEqual([
      { table: "opportunities", op: "delete", ids: [deal?.id] },
    ]);
    expect(guest.heard).toEqual([]);
  });
});

test("who sees deals of their own only hears of those, where only they are", async () => {
  const rep = persona(world, "sales_rep");
  const client = as("sales_rep");
  await refusal(await listenTo(client, await topicOf(a, "partners:opportunities")));
  const ear = await hears(client, `user:${rep.id}`);
  const made = await ask<{ id: string }>(
    `insert into public.opportunities (organization_id, customer_id, name, owner_id)
     select $1, $2, 'Heard ' || n, case n when 1 then $3::uuid end from generate_series(1, 2) as n returning id`,
    [a.id, a.customer, rep.id],
  );
  const [own, others] = made.map(({ id }) => id);
  await ask("update public.opportunities set name = 'Somebody else''s' where id = $1", [others]);
  await ask("update public.opportunities set owner_id = null where id = $1", [own]);
  await ask("update public.opportunities set name = 'No longer theirs' where id = $1", [own]);
  await ask("update public.profiles set locale = 'rm-CH' where user_id = $1", [rep.id]);
  await ear.until("what came last", ({ heard }) => heard.some(({ payload }) => payload.table === "profiles"));
  expect(ear.heard.map(({ payload: { op, ids, organization_id } }) => ({ op, ids, organization_id }))).toEqual([
    { op: "insert", ids: [own], organization_id: a.id },
    { op: "delete", ids: [own], organization_id: a.id },
    { op: "update", ids: [rep.id], organization_id: undefined },
  ]);
});

test("what a tenant configures is told in the organizations below it", async () => {
  const ear = await hears(as("without rights"), await topicOf(a, "notices"));
  await ask(
    "insert into public.configurations (organization_id, category, key, value) values ($1, 'team', 'team_size', '7')",
    [world.organizations.tenant.id],
  );
  await ear.until("it is told", ({ heard }) => heard.some(({ payload }) => payload.table === "configurations"));
  expect(tables(ear)).toContain("refetch configurations");
});

describe("somebody of a partner", () => {
  test("listens to their own portal only", async () => {
    const client = as("partner user");
    for (const subject of everySubject(a).filter((each) => !each.endsWith(":portal")))
      await refusal(await listenTo(client, await topicOf(a, subject)));
    const [other] = await ask<{ id: string }>(
      "select id from public.partners where organization_id = $1 and id <> $2 limit 1",
      [a.id, a.partner],
    );
    await refusal(await listenTo(client, await topicOf(a, `partner:${other?.id}:portal`)));
    await refusal(await listenTo(client, await topicOf(b, `partner:${b.partner}:portal`)));
    for (const label of ["org_admin", "removed partner user", "user of another partner", "foreign partner user"])
      await refusal(await listenTo(as(label), await topicOf(a, `partner:${a.partner}:portal`)));
    expect(await hears(client, await topicOf(a, `partner:${a.partner}:portal`))).toBeDefined();
  });

  test("is told which table to read again, of what the portal shows, and nothing else", async () => {
    const ear = await hears(as("partner user"), await topicOf(a, `partner:${a.partner}:portal`));
    const colleague = await hears(as("org_admin"), await topicOf(a, `partner:${a.partner}`));
    await ask("update public.partners set notes = $2, relationship_health = 7 where id = $1", [
      a.partner,
      randomUUID(),
    ]);
    await rename(a.partner);
    await colleague.until("both are heard", ({ heard }) => heard.length === 2);
    await ear.until("one of them shows", ({ heard }) => heard.length > 0);
    expect(ear.heard.map(({ event, payload: { id: _, ...rest } }) => ({ event, rest }))).toEqual([
      { event: "refetch", rest: { table: "partners" } },
    ]);
  });

  test("forges no broadcast and shows nowhere", async () => {
    const topic = await topicOf(a, `partner:${a.partner}:portal`);
    const client = as("partner user");
    const ear = await hears(client, topic, { broadcast: { ack: true } });
    const other = await hears(as("partner user"), topic);
    expect(
      await ear.channel.send({ type: "broadcast", event: "refetch", payload: { table: "forged" } }, patience),
    ).not.toBe("ok");
    await rename(a.partner);
    await other.until("what is real", ({ heard }) => heard.length > 0);
    expect(tables(other)).toEqual(["refetch partners"]);
  });
});

test("who has not signed in listens to nothing", async () => {
  const client = clientOf(null);
  clients.push(client);
  for (const subject of ["partners", "notices", `partner:${a.partner}:portal`])
    await refusal(await listenTo(client, await topicOf(a, subject)));
  await refusal(await listenTo(client, `user:${persona(world, "org_admin").id}`));
});

test("no client sends a broadcast, an administrator neither", async () => {
  const topic = await topicOf(a, "partners");
  const ear = await hears(as("org_admin"), topic, { broadcast: { ack: true } });
  const other = await hears(as("vp"), topic);
  expect(
    await ear.channel.send({ type: "broadcast", event: "changes", payload: { table: "forged" } }, patience),
  ).not.toBe("ok");
  await rename(a.partner);
  await other.until("what is real", ({ heard }) => heard.length > 0);
  expect(tables(other)).toEqual(["changes partners"]);
});

test("what was on its way while the epoch was raised is told again under the new one, once", async () => {
  const client = as("org_admin");
  const settle = () => ask("select private.tell_late_changes()");
  const refetches = (ear: Ear) =>
    ear.heard.filter(({ event }) => event === "refetch").map(({ payload }) => payload.table);
  let notices: Ear | undefined;
  await owner.withConnection(async (slow) => {
    await slow.query("begin");
    await slow.query("update public.customers set notes = 'On its way' where id = $1", [a.customer]);
    await ask("update public.memberships set role_id = $2 where user_id = $1", [
      persona(world, "data_team").id,
      a.roles.vp,
    ]);
    notices = await hears(client, await topicOf(a, "notices"));
    // However often it is looked at: as long as the write is on its way nothing is certain.
    for (let look = 0; look < 3; look++) await settle();
    expect(refetches(notices)).toEqual([]);
    await slow.query("commit");
  });
  const isTold = (ear: Ear) => refetches(ear).includes("customers");
  const isOpen = async () =>
    (await ask("select from private.live_epochs where organization_id = $1 and running is not null", [a.id])).length >
    0;
  while (await isOpen()) await settle();
  await notices?.until("the table is to be read again", isTold);
  await settle();
  const now = await hears(client, await topicOf(a, "partners"));
  await rename(a.partner);
  await now.until("what came afterwards", ({ heard }) => heard.length > 0);
  expect(notices && refetches(notices).filter((table) => table === "customers")).toEqual(["customers"]);
});

describe("whoever loses a right", () => {
  const TRIALS = 50;

  test(`hears nothing from then on, in ${TRIALS} of ${TRIALS} trials, and may not come back`, {
    timeout: 120_000,
  }, async () => {
    const colleague = as("org_admin");
    let late = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const person = await newMember();
      const client = clientOf(person);
      const before = await topicOf(a, "partners");
      const [ear, notices] = await Promise.all([hears(client, before), hears(client, await topicOf(a, "notices"))]);
      await rename(a.partner);
      await ear.until("it is heard", ({ heard }) => heard.length === 1);
      if (trial % 2)
        await ask("update public.memberships set status = 'deactivated', deactivated_at = now() where user_id = $1", [
          person.id,
        ]);
      else await ask("update public.memberships set role_id = $2 where user_id = $1", [person.id, await emptyRole()]);
      const after = await topicOf(a, "partners");
      expect(after).not.toBe(before);
      await notices.until("they are told of the epoch", ({ heard }) => heard.some(({ event }) => event === "epoch"));
      const witness = await hears(colleague, after);
      await rename(a.partner);
      await witness.until("a colleague hears", ({ heard }) => heard.length > 0);
      await refusal(await listenTo(client, after));
      late += ear.heard.length - 1;
      await Promise.all([client.removeAllChannels(), colleague.removeAllChannels()]);
    }
    expect(late).toBe(0);
  });

  async function newMember() {
    const person = await createPerson();
    const [member] = await ask<{ id: string }>(
      `insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color)
       select $1, p.user_id, $3, p.display_name, p.email, p.avatar_color from public.profiles as p where p.email = $2
       returning user_id as id`,
      [a.id, person.email, a.roles.vp],
    );
    return { ...person, id: member?.id };
  }

  let empty: Promise<string | undefined> | undefined;
  const emptyRole = () => {
    empty ??= ask<{ id: string }>(
      "insert into public.roles (organization_id, key, name) values ($1, 'holds_nothing', 'Holds nothing') returning id",
      [a.id],
    ).then(([role]) => role?.id);
    return empty;
  };
});
