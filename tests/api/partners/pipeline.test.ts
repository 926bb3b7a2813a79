// Deals over HTTP: whose they are, references that stay at home, what is raced for, and figures that depend on nothing a client sends.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { createRandom } from "../../support/random.ts";
import { expectNoneLost, raceForDeal } from "../../support/versioned-edits.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let manager: Persona;
let rep: Persona;
beforeAll(async () => {
  world = await buildWorld(ask);
  manager = persona(world, "sales_manager");
  rep = persona(world, "sales_rep");
});
afterAll(() => owner.close());

const deals = (who: Persona) => clientOf(who).from("opportunities");

async function begin(more: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
  const { id, customer } = world.organizations.a;
  const { data } = await deals(manager)
    .insert({ organization_id: id, customer_id: customer, name: `Deal ${randomUUID()}`, ...more })
    .select("id, version")
    .single()
    .throwOnError();
  return data;
}

describe("whoever sees only their own deals", () => {
  test("sees no other in any embedding, and these are there", async () => {
    const { id } = world.organizations.a;
    const own = (await ask<{ id: string }>("select id from public.opportunities where owner_id = $1", [rep.id])).map(
      (deal) => deal.id,
    );
    expect(own.length).toBeGreaterThan(0);
    const selects = {
      partners: "id, opportunities(id, name, owner_id)",
      customers: "id, opportunities(id, name, owner_id)",
      organizations: "id, opportunities(id, name, owner_id)",
      memberships: "id, opportunities!opportunities_owner_id_fkey(id, name, owner_id)",
    };
    for (const [table, select] of Object.entries(selects)) {
      const found = async (who: Persona) => {
        const { status, body } = await request(
          who,
          `/${table}?select=${encodeURIComponent(select)}&${table === "organizations" ? "id" : "organization_id"}=eq.${id}`,
        );
        expect(status, body).toBe(200);
        const rows: { opportunities: { id: string }[] }[] = JSON.parse(body);
        return rows.flatMap(({ opportunities }) => opportunities.map((deal) => deal.id)).sort();
      };
      expect(await found(rep), table).toEqual([...own].sort());
      expect((await found(manager)).length, table).toBeGreaterThanOrEqual(own.length);
    }
  });

  test("cannot write another's, take it, give theirs away or begin one for somebody else", async () => {
    const { id, customer } = world.organizations.a;
    const nobodys = await begin();
    const [mine] = await ask<{ id: string }>("select id from public.opportunities where owner_id = $1", [rep.id]);
    await changesNothing(ask, world, async () => {
      for (const change of [{ next_step: "Mine" }, { owner_id: rep.id }, { stage: "closed_won", reason: "price" }]) {
        const { data, error } = await deals(rep).update(change).eq("id", nobodys.id).select("id");
        expect({ data, error }).toEqual({ data: [], error: null });
      }
      for (const owner_id of [manager.id, null]) {
        const given = await deals(rep).update({ owner_id }).eq("id", mine?.id);
        expect(given.error?.code).toBe("42501");
        const begun = await deals(rep).insert({
          organization_id: id,
          customer_id: customer,
          name: "Not mine",
          owner_id,
        });
        expect(begun.error?.code).toBe("42501");
      }
      const customers = clientOf(rep).from("customers");
      expect((await customers.update({ owner_id: rep.id }).eq("id", customer).select("id")).data).toEqual([]);
      expect((await customers.insert({ organization_id: id, name: "Nobody's" })).error?.code).toBe("42501");
    });
    const own = await deals(rep).update({ next_step: "Call" }).eq("id", mine?.id).select("next_step");
    expect(own).toMatchObject({ error: null, data: [{ next_step: "Call" }] });
  });

  test("is listed, counted and summed only those, also beside another's deal", async () => {
    const { id, partner } = world.organizations.a;
    const nobodys = await begin({ partner_id: partner, value: 5, currency: "EUR" });
    const own = (await ask<{ id: string }>("select id from public.opportunities where owner_id = $1", [rep.id])).map(
      (deal) => deal.id,
    );
    const client = clientOf(rep);
    for (const args of [{}, { beside: nobodys.id }, { filters: { owners: [manager.id, rep.id] } }]) {
      const { data } = await client.rpc("opportunities_page", { organization: id, ...args }).throwOnError();
      expect(data.map((deal: { id: string }) => deal.id).sort()).toEqual([...own].sort());
    }
    const { data: counted } = await client.rpc("count_opportunities", { organization: id }).throwOnError();
    expect(counted).toBe(own.length);
    const { data: figures } = await client.rpc("pipeline_summary", { organization: id, partner }).throwOnError();
    expect(figures).toEqual([
      { currency: "EUR", status: "open", deals: own.length, value: own.length * 1000, weighted: own.length * 100 },
    ]);
  });
});

test("a customer or partner of another organization gets the answer that a random id gets", async () => {
  const { a, b } = world.organizations;
  const deal = await begin();
  const tries = (customer_id: string, partner_id: string) =>
    [
      () => deals(manager).insert({ organization_id: a.id, customer_id, name: "Crossing" }),
      () => deals(manager).insert({ organization_id: a.id, customer_id: a.customer, partner_id, name: "Crossing" }),
      () => deals(manager).update({ customer_id }).eq("id", deal.id),
      () =>
        clientOf(manager).rpc("move_opportunity", {
          organization: a.id,
          opportunity: deal.id,
          partner: partner_id,
          seen_version: deal.version,
        }),
    ] as const;
  const answers = await changesNothing(ask, world, async () => {
    const all = [];
    for (const ids of [
      [b.customer, b.partner],
      [randomUUID(), randomUUID()],
    ] as const) {
      const told = [];
      for (const attempt of tries(ids[0], ids[1])) {
        const { error, status } = await attempt();
        told.push(
          JSON.stringify({ ...error, status })
            .replaceAll(ids[0], "…")
            .replaceAll(ids[1], "…"),
        );
      }
      all.push(told);
    }
    return all;
  });
  expect(answers[0]).toEqual(answers[1]);
  for (const answer of answers[0] ?? []) expect(answer).toMatch(/"(23503|PW012)"/);
});

test("a deal is no door to another organization: no upsert, no batch, no chosen id", async () => {
  const { a, b } = world.organizations;
  const [foreign] = await ask<{ id: string }>(
    "select id from public.opportunities where organization_id = $1 limit 1",
    [b.id],
  );
  const rows = [
    { organization_id: a.id, customer_id: a.customer, name: "Fine" },
    { organization_id: b.id, customer_id: b.customer, name: "Foreign" },
  ];
  await changesNothing(ask, world, async () => {
    for (const body of [rows, [{ ...rows[0], id: foreign?.id }]]) {
      const answer = await request(manager, "/opportunities?on_conflict=id", {
        method: "POST",
        headers: { prefer: "resolution=merge-duplicates" },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain(b.canary);
    }
    expect((await deals(manager).insert(rows)).error?.code).toBe("42501");
  });
  expect((await deals(manager).insert(rows.slice(0, 1))).error).toBeNull();
});

test("what follows from the stage is nobody's to write", async () => {
  const deal = await begin();
  await changesNothing(ask, world, async () => {
    for (const change of [
      { status: "won" },
      { closed_at: "2020-01-01T00:00:00Z" },
      { closes_on: "2020-01-01" },
      { partner_id: world.organizations.a.partner },
      { version: 7 },
    ])
      expect((await deals(manager).update(change).eq("id", deal.id)).error?.code).toBe("42501");
    const history = clientOf(manager).from("opportunity_stage_history");
    expect((await history.update({ to_stage: "poc" }).eq("opportunity_id", deal.id)).error?.code).toBe("42501");
    expect((await history.delete().eq("opportunity_id", deal.id)).error?.code).toBe("42501");
  });
  const { data } = await deals(manager)
    .update({ stage: "closed_won", reason: "price" })
    .eq("id", deal.id)
    .select("status, probability, closes_on")
    .single()
    .throwOnError();
  expect(data).toEqual({ status: "won", probability: 100, closes_on: new Date().toISOString().slice(0, 10) });
});

test("twenty who close a deal at once close it once, and its history says so", async () => {
  const deal = await begin();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, place) =>
      deals(manager)
        .update({ stage: place % 2 ? "closed_won" : "closed_lost", reason: "price" })
        .eq("id", deal.id)
        .eq("version", deal.version)
        .select("status"),
    ),
  );
  expect(answers.filter(({ error }) => error)).toEqual([]);
  const [won, ...others] = answers.flatMap(({ data }) => data ?? []);
  expect(others).toEqual([]);
  const history = await ask(
    "select from_stage, status from public.opportunity_stage_history where opportunity_id = $1 order by id",
    [deal.id],
  );
  expect(history).toEqual([
    { from_stage: null, status: "open" },
    { from_stage: "lead", status: won?.status },
  ]);
});

test("stages that many change at once leave a history without a gap", async () => {
  const deal = await begin();
  const stages = ["demo", "poc", "proposal", "lead"];
  await Promise.all(
    Array.from({ length: 24 }, (_, place) =>
      deals(manager)
        .update({ stage: stages[place % stages.length] })
        .eq("id", deal.id)
        .throwOnError(),
    ),
  );
  const steps = await ask<{ from_stage: string | null; to_stage: string }>(
    "select from_stage, to_stage from public.opportunity_stage_history where opportunity_id = $1 order by split_part(source_key, ':', 3)::integer",
    [deal.id],
  );
  const [now] = await ask<{ stage: string }>("select stage from public.opportunities where id = $1", [deal.id]);
  expect(steps.map(({ from_stage }) => from_stage)).toEqual([
    null,
    ...steps.slice(0, -1).map(({ to_stage }) => to_stage),
  ]);
  expect(steps.at(-1)?.to_stage).toBe(now?.stage);
});

test("ten who move a deal to different partners at once move it once, and both partners are told", async () => {
  const { a } = world.organizations;
  const deal = await begin({ partner_id: a.partner });
  const others = await ask<{ id: string }>(
    "select id from public.partners where organization_id = $1 and id <> $2 limit 2",
    [a.id, a.partner],
  );
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, place) =>
      clientOf(manager).rpc("move_opportunity", {
        organization: a.id,
        opportunity: deal.id,
        partner: others[place % 2]?.id,
        seen_version: deal.version,
      }),
    ),
  );
  const codes = answers.map(({ error }) => error?.code ?? "moved");
  expect(codes.sort()).toEqual([...Array(9).fill("PW006"), "moved"]);
  const moved = answers.find(({ error }) => !error)?.data;
  const told = await ask(
    "select partner_id, kind from public.partner_activity_log where subject_id = $1 and kind <> 'opportunity_created' order by kind",
    [deal.id],
  );
  expect(told).toEqual([
    { partner_id: a.partner, kind: "opportunity_moved_away" },
    { partner_id: moved.partner_id, kind: "opportunity_received" },
  ]);
});

test("a create that is tried again, ten times at once, makes one deal with one beginning", async () => {
  const { id, customer } = world.organizations.a;
  const row = { organization_id: id, customer_id: customer, name: "Tried again", client_key: randomUUID() };
  const answers = await Promise.all(Array.from({ length: 10 }, () => deals(manager).insert(row)));
  expect(answers.map(({ error }) => error?.code ?? "made").sort()).toEqual([...Array(9).fill("23505"), "made"]);
  const begun = await ask(
    `select h.id from public.opportunity_stage_history as h join public.opportunities as d on d.id = h.opportunity_id
     where d.client_key = $1`,
    [row.client_key],
  );
  expect(begun).toHaveLength(1);
});

test("amounts of different currencies are never added up, whatever the caller says of its session", async () => {
  const { id } = world.organizations.a;
  const { data: partner } = await clientOf(persona(world, "org_admin"))
    .from("partners")
    .insert({ organization_id: id, name: "Figures" })
    .select("id")
    .single()
    .throwOnError();
  for (const more of [
    { value: 0.1, currency: "EUR", stage: "demo" },
    { value: 0.2, currency: "EUR", stage: "proposal" },
    { value: 99.99, currency: "USD", stage: "closed_won", reason: "price" },
    { value: 5, currency: "USD", stage: "closed_lost", reason: "timing" },
    {},
  ])
    await begin({ partner_id: partner?.id, ...more });
  const expected = [
    { currency: "EUR", status: "open", deals: 2, value: 0.3, weighted: 0.18 },
    { currency: "USD", status: "lost", deals: 1, value: 5, weighted: 0 },
    { currency: "USD", status: "won", deals: 1, value: 99.99, weighted: 99.99 },
    { currency: null, status: "open", deals: 1, value: null, weighted: null },
  ];
  for (const headers of [
    {},
    { prefer: "timezone=Pacific/Kiritimati" },
    { "x-organization-id": world.organizations.b.id },
  ]) {
    const { body, status } = await request(manager, "/rpc/pipeline_summary", {
      method: "POST",
      headers,
      body: JSON.stringify({ organization: id, partner: partner?.id }),
    });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual(expected);
  }
});

test("what is searched, sorted and filtered by is text and no query", async () => {
  const { id } = world.organizations.a;
  for (const search of ["a,or(id.gt.0)", "%", "\\", "'; drop table opportunities; --"]) {
    const { data, error } = await clientOf(manager).rpc("opportunities_page", {
      organization: id,
      filters: { search },
    });
    expect({ search, data, error }).toEqual({ search, data: [], error: null });
  }
  for (const args of [
    { sort: "name, id; select 1" },
    { filters: { "d.notes": "x" } },
    { filters: { owners: ["x"] } },
  ]) {
    const { status } = await clientOf(manager).rpc("opportunities_page", { organization: id, ...args });
    expect(status).toBe(400);
  }
});

test("of those who edit one deal at once, each writes or is told that somebody was quicker", {
  timeout: 120_000,
}, async () => {
  const seed = Number(process.env.DRILL_SEED ?? Date.now() % 1_000_000);
  console.log(`Edits with DRILL_SEED=${seed}`);
  const race = { clients: 8, edits: 15, random: createRandom(seed) };
  const { written, told } = await expectNoneLost(ask, world, (deal) =>
    raceForDeal([manager, persona(world, "org_admin")], deal, race),
  );
  expect(written + told, `seed ${seed}`).toBe(8 * 15);
  expect(written).toBeGreaterThan(0);
});
