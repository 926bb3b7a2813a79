// The directory over HTTP: creates that are tried again, forms that are stale, and many partners at once.
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

test("a create that is tried again, ten times at once, makes one partner", async () => {
  const row = { organization_id: world.organizations.a.id, name: "Tried again", client_key: randomUUID() };
  const answers = await Promise.all(Array.from({ length: 10 }, () => clientOf(manager).from("partners").insert(row)));
  expect(answers.map(({ error }) => error?.code ?? "made").sort()).toEqual([...Array(9).fill("23505"), "made"]);
  expect(await ask("select id from public.partners where client_key = $1", [row.client_key])).toHaveLength(1);
});

test("the same key in another organization is somebody else's and free", async () => {
  const key = randomUUID();
  const { a, b } = world.organizations;
  for (const [who, organization] of [
    [manager, a],
    [persona(world, "foreign admin"), b],
  ] as const) {
    const { error } = await clientOf(who)
      .from("partners")
      .insert({ organization_id: organization.id, name: "Same key", client_key: key });
    expect(error).toBeNull();
  }
});

test("a form that saw an older version changes nothing", async () => {
  const { partner } = world.organizations.a;
  const save = (notes: string, version: number) =>
    clientOf(manager).from("partners").update({ notes }).eq("id", partner).eq("version", version).select("version");
  const { version } =
    (await ask<{ version: string }>("select version from public.partners where id = $1", [partner]))[0] ?? {};
  const first = await save("First", Number(version));
  expect(first.data).toEqual([{ version: Number(version) + 1 }]);
  const stale = await changesNothing(ask, world, async () => save("Stale", Number(version)));
  expect(stale).toMatchObject({ error: null, data: [] });
});

test("an owner of another organization gets the answer that a random id gets", async () => {
  const { id, partner } = world.organizations.a;
  const answers = await changesNothing(ask, world, () =>
    Promise.all(
      [persona(world, "foreign admin").id, randomUUID()].map(async (owner_id) => {
        const { error } = await clientOf(manager)
          .from("partners")
          .update({ owner_id })
          .eq("organization_id", id)
          .eq("id", partner);
        return { code: error?.code, message: error?.message };
      }),
    ),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.code).toBe("PW051");
});

test("many partners with one of another organization among them are changed not at all", async () => {
  const { a, b } = world.organizations;
  for (const foreign of [b.partner, randomUUID()]) {
    const { error } = await changesNothing(ask, world, async () =>
      clientOf(manager).rpc("bulk_update_partners", {
        organization: a.id,
        partners: [a.partner, foreign],
        changes: { tier: "gold" },
      }),
    );
    expect(error).toMatchObject({ code: "PW053", message: "1 of 2 partners cannot be changed by you, so none was." });
  }
  const { data } = await clientOf(manager)
    .rpc("bulk_update_partners", { organization: a.id, partners: [a.partner], changes: { tier: "gold" } })
    .throwOnError();
  expect(data).toMatchObject([{ id: a.partner, before: { tier: null } }]);
});

test("two who change the same partners in opposite order wait for each other and both succeed", async () => {
  const { id } = world.organizations.a;
  const rows = await ask<{ id: string }>(
    "select id from public.partners where organization_id = $1 and archived_at is null",
    [id],
  );
  const partners = rows.map((row) => row.id);
  const tries = Array.from({ length: 8 }, (_, place) =>
    clientOf(manager).rpc("bulk_update_partners", {
      organization: id,
      partners: place % 2 ? partners : partners.toReversed(),
      changes: { tier: place % 2 ? "gold" : "silver" },
    }),
  );
  for (const { error } of await Promise.all(tries)) expect(error).toBeNull();
});

test("rates are for whoever may see commissions, also beside the partner", async () => {
  const { id } = world.organizations.a;
  const read = async (label: string) => {
    const { data, error } = await clientOf(persona(world, label))
      .from("partners")
      .select("id, partner_commission_terms(rate)")
      .eq("organization_id", id)
      .throwOnError();
    expect(error).toBeNull();
    return (data ?? []).flatMap(({ partner_commission_terms: terms }) => terms ?? []);
  };
  expect(await read("sales_rep")).toEqual([]);
  expect(await read("vp")).toEqual([{ rate: 12.5 }]);
});
