// Referrals over HTTP: what may be written, whose they are, and how they move. Each refusal leaves everything as it was.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let manager: Persona;
let rep: Persona;
beforeAll(async () => {
  world = await buildWorld(ask);
  manager = persona(world, "partnership_manager");
  rep = persona(world, "sales_rep");
});
afterAll(() => owner.close());

const begin = async (given: Record<string, unknown> = {}, who = manager) => {
  const { id, partner } = world.organizations.a;
  const { data } = await clientOf(who)
    .from("partner_referrals")
    .insert({ organization_id: id, partner_id: partner, client_name: "Tried over HTTP", ...given })
    .select("id, version")
    .single()
    .throwOnError();
  return data;
};

const move = (who: Persona, referral: string, status: string, seen_version: number, reason?: string) =>
  clientOf(who).rpc("advance_referral", {
    organization: world.organizations.a.id,
    referral,
    status,
    seen_version,
    reason,
  });

test("a create that is tried again, ten times at once, makes one referral", async () => {
  const { id, partner } = world.organizations.a;
  const row = { organization_id: id, partner_id: partner, client_name: "Tried again", client_key: randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => clientOf(manager).from("partner_referrals").insert(row)),
  );
  expect(answers.map(({ error }) => error?.code ?? "made").sort()).toEqual([...Array(9).fill("23505"), "made"]);
  expect(await ask("select id from public.partner_referrals where client_key = $1", [row.client_key])).toHaveLength(1);
});

test("a partner, an owner or a referral of another organization gets the answer that a random id gets", async () => {
  const { a, b } = world.organizations;
  const { id } = await begin();
  const [theirs] = await ask<{ id: string }>("select id from public.partner_referrals where organization_id = $1", [
    b.id,
  ]);
  const tries: [string, (foreign: string) => PromiseLike<{ error: unknown; status: number }>][] = [
    [
      b.partner,
      (partner_id) =>
        clientOf(manager).from("partner_referrals").insert({ organization_id: a.id, partner_id, client_name: "x" }),
    ],
    [
      persona(world, "foreign admin").id,
      (owner_id) =>
        clientOf(manager).from("partner_referrals").update({ owner_id }).eq("organization_id", a.id).eq("id", id),
    ],
    [theirs?.id ?? "", (referral) => move(manager, referral, "won", 1)],
  ];
  for (const [foreign, attack] of tries) {
    const answers = await changesNothing(ask, world, () =>
      Promise.all(
        [foreign, randomUUID()].map(async (given) => {
          const { error, status } = await attack(given);
          return JSON.stringify({ error, status }).replaceAll(given, "…");
        }),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).not.toContain('"error":null');
  }
});

test("a referral never goes over to another partner or organization, nor does it come decided", async () => {
  const { a, b } = world.organizations;
  const { id } = await begin();
  const changes = [
    { organization_id: b.id },
    { partner_id: b.partner },
    { status: "won" },
    { outcome: "won" },
    { decided_at: "2026-01-01T00:00:00Z" },
    { decision_reason: "because" },
    { source: "import" },
    { referred_at: "2020-01-01T00:00:00Z" },
    { version: 900 },
  ];
  await changesNothing(ask, world, async () => {
    for (const change of changes) {
      const { error } = await clientOf(persona(world, "org_admin"))
        .from("partner_referrals")
        .update(change)
        .eq("organization_id", a.id)
        .eq("id", id);
      expect(error?.code, JSON.stringify(change)).toBe("42501");
    }
    const removed = await clientOf(persona(world, "org_admin")).from("partner_referrals").delete().eq("id", id);
    expect(removed.error?.code).toBe("42501");
  });
  const { error } = await move(manager, id, "won", 1);
  expect(error).toBeNull();
});

describe("somebody who may only write what is their own", () => {
  test("adds, changes and gives away nothing else, and decides nothing", async () => {
    const { a } = world.organizations;
    const nobodys = await begin();
    const mine = await begin({ owner_id: rep.id }, rep);
    const referrals = () => clientOf(rep).from("partner_referrals");
    const answers = await changesNothing(ask, world, async () => [
      await referrals().insert({ organization_id: a.id, partner_id: a.partner, client_name: "x" }),
      await referrals().insert({
        organization_id: a.id,
        partner_id: a.partner,
        client_name: "x",
        owner_id: manager.id,
      }),
      await referrals().update({ owner_id: manager.id }).eq("id", mine.id),
      await referrals().update({ owner_id: null }).eq("id", mine.id),
      await move(rep, mine.id, "won", 1),
      await move(rep, nobodys.id, "won", 1),
    ]);
    for (const { error } of answers) expect(error?.code).toBe("42501");
    const taken = await changesNothing(ask, world, async () =>
      referrals().update({ owner_id: rep.id }).eq("id", nobodys.id).select("id"),
    );
    expect(taken).toMatchObject({ error: null, data: [] });
    const { data } = await referrals().update({ notes: "Mine" }).eq("id", mine.id).select("version");
    expect(data).toEqual([{ version: 2 }]);
  });

  test("is in the log when they tried to decide", async () => {
    const mine = await begin({ owner_id: rep.id }, rep);
    await move(rep, mine.id, "won", 1);
    const denied = await ask(
      "select from public.audit_log where organization_id = $1 and actor = $2 and action = 'denied' and row_id = $3",
      [world.organizations.a.id, `user:${rep.id}`, mine.id],
    );
    expect(denied).toHaveLength(1);
  });
});

test("of 50 who move a referral on what they saw, one does and the others are told", async () => {
  const { id } = await begin();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, place) => move(manager, id, place % 2 ? "qualified" : "in_progress", 1)),
  );
  const codes = answers.map(({ error }) => error?.code ?? "moved").sort();
  expect(codes).toEqual([...Array(49).fill("PW006"), "moved"]);
  const told = await ask(
    "select from public.partner_activity_log where subject_id = $1 and kind = 'referral_advanced'",
    [id],
  );
  expect(told).toHaveLength(1);
});

test("losing a referral needs a reason, in the organization's own stages", async () => {
  const { id } = await begin();
  const refused = await changesNothing(ask, world, async () => move(manager, id, "lost", 1, "  "));
  expect(refused.error).toMatchObject({ code: "PW076" });
  const unknown = await changesNothing(ask, world, async () => move(manager, id, "gone", 1, "Why"));
  expect(unknown.error).toMatchObject({
    code: "PW050",
    message: expect.stringContaining("Submitted, Qualified, In progress, Won, Lost"),
  });
  const lost = await move(manager, id, "lost", 1, "No budget.");
  expect(lost.data).toEqual({ id, status: "lost", outcome: "lost", version: 2 });
});

test("what is no finite amount of its currency's precision is refused", async () => {
  const { id, partner } = world.organizations.a;
  const amounts = [
    { estimated_value: "NaN", currency: "USD" },
    { estimated_value: "Infinity", currency: "USD" },
    { estimated_value: "-1", currency: "USD" },
    { estimated_value: "10.001", currency: "USD" },
    { estimated_value: "10.00001", currency: "EUR" },
    { estimated_value: "1.5", currency: "JPY" },
    { estimated_value: "10" },
    { currency: "USD" },
  ];
  await changesNothing(ask, world, async () => {
    for (const amount of amounts) {
      const { error, status } = await clientOf(manager)
        .from("partner_referrals")
        .insert({ organization_id: id, partner_id: partner, client_name: "x", ...amount });
      expect({ code: error?.code, status }, JSON.stringify(amount)).toEqual({ code: "23514", status: 400 });
    }
  });
  await begin({ estimated_value: "1.234", currency: "KWD" });
});

test("what is searched for is text, whatever it looks like", async () => {
  await begin({ client_company: "100%_(a,or(id.gt.0))" });
  for (const [search, found] of [
    ["100%_(a,or(id.gt.0))", 1],
    ["100%%(a", 0],
    ["'; drop table partner_referrals; --", 0],
  ] as const) {
    const { data } = await clientOf(rep)
      .rpc("referrals_page", { organization: world.organizations.a.id, search })
      .throwOnError();
    expect(data, search).toHaveLength(found);
  }
});
