// Fields of the organization's own and saved views over HTTP: what is refused says where, others' fields are none, and whoever changes
// a field and whoever writes values do not pass each other by.
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
let keeper: Persona;
beforeAll(async () => {
  world = await buildWorld(ask);
  manager = persona(world, "partnership_manager");
  keeper = persona(world, "data_team");
});
afterAll(() => owner.close());

async function addField(label: string, field_type = "text", more: Record<string, unknown> = {}): Promise<string> {
  const { data } = await clientOf(keeper)
    .from("custom_field_definitions")
    .insert({
      organization_id: world.organizations.a.id,
      key: label.toLowerCase().replaceAll(" ", "_"),
      label,
      field_type,
      ...more,
    })
    .select("id")
    .single()
    .throwOnError();
  return data.id;
}

const save = (custom_fields: Record<string, unknown>, id = world.organizations.a.partner) =>
  clientOf(manager).from("partners").update({ custom_fields }).eq("id", id).select("custom_fields");

describe("fields of the organization's own", () => {
  test("a value that does not fit is refused with its place and its field's name", async () => {
    const field = await addField("Seats", "number", { options: { precision: 0, min: 1 } });
    const { error } = await changesNothing(ask, world, async () => save({ [field]: 0 }));
    expect(error).toMatchObject({ code: "PW068", message: "Seats: must be 1 or more." });
    expect(JSON.parse(error?.details ?? "")).toEqual([
      { path: `custom_fields/${field}`, message: "Seats: must be 1 or more", id: world.organizations.a.partner },
    ]);
    expect((await save({ [field]: 12 })).data).toEqual([{ custom_fields: { [field]: 12 } }]);
    await save({});
  });

  test("a field of another organization is answered like one that never was", async () => {
    const [theirs] = await ask<{ id: string }>(
      "select id from public.custom_field_definitions where organization_id = $1",
      [world.organizations.b.id],
    );
    const answers = [];
    for (const id of [theirs?.id, randomUUID()]) {
      const { error } = await changesNothing(ask, world, async () => save({ [String(id)]: "x" }));
      answers.push(JSON.stringify(error).replaceAll(String(id), "…"));
    }
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain("PW068");
  });

  test("of many partners in one request one bad value keeps all of them as they were", async () => {
    const field = await addField("Score", "rating");
    const rows = Array.from({ length: 20 }, (_, place) => ({
      organization_id: world.organizations.a.id,
      name: `Batch ${place}`,
      custom_fields: { [field]: place === 19 ? 9 : 3 },
    }));
    const { error } = await changesNothing(ask, world, async () => clientOf(manager).from("partners").insert(rows));
    expect(error?.message).toBe("Score: must be a whole number from 1 to 5.");
    expect((await clientOf(manager).from("partners").insert(rows.slice(0, 19))).error).toBeNull();
  });

  test("only who manages fields adds, changes or archives one, and nobody deletes one", async () => {
    const field = await addField("Guarded");
    for (const label of ["sales_manager", "vp", "foreign admin"]) {
      const client = clientOf(persona(world, label));
      await changesNothing(ask, world, async () => {
        const added = await client
          .from("custom_field_definitions")
          .insert({ organization_id: world.organizations.a.id, key: "sneaked", label: "Sneaked", field_type: "text" });
        const changed = await client
          .from("custom_field_definitions")
          .update({ label: "Changed", archived_at: "2026-01-01" }, { count: "exact" })
          .eq("id", field);
        expect([added.error?.code, changed.count]).toEqual(["42501", 0]);
      });
    }
    const admin = clientOf(persona(world, "org_admin")).from("custom_field_definitions");
    const gone = await changesNothing(ask, world, async () => admin.delete().eq("id", field));
    expect(gone.error?.code).toBe("42501");
    expect(
      (await admin.update({ archived_at: "2001-01-01" }).eq("id", field).select("archived_at").single()).data,
    ).toEqual({ archived_at: expect.not.stringContaining("2001") });
  });

  test("whoever changes a field's type and whoever writes its values do not pass each other by", async () => {
    const field = await addField("Contested");
    const changeType = (field_type: string) =>
      clientOf(keeper).from("custom_field_definitions").update({ field_type }).eq("id", field);
    for (let round = 0; round < 8; round++) {
      await save({});
      await changeType("text").throwOnError();
      const [written, changed] = await Promise.all([save({ [field]: "words" }), changeType("number")]);
      const codes = [written.error?.code ?? null, changed.error?.code ?? null];
      expect([
        ["PW068", null],
        [null, "PW067"],
      ]).toContainEqual(codes);
    }
    await save({});
  });

  test("the definition's own texts are lines, and its options no larger than 64 KB", async () => {
    const long = {
      choices: Array.from({ length: 150 }, (_, n) => ({ key: `k${n}`, label: "x".repeat(600), color: "sky" })),
    };
    for (const [row, code] of [
      [{ key: "tried", label: "<b>\u202Eevil", field_type: "text" }, "23514"],
      [{ key: "tried", label: "Long", field_type: "select", options: long }, "PW067"],
      [{ key: "tried", label: "Odd", field_type: "text", entity: "memberships" }, "23514"],
    ] as const) {
      const { error } = await changesNothing(ask, world, async () =>
        clientOf(keeper)
          .from("custom_field_definitions")
          .insert({ organization_id: world.organizations.a.id, ...row }),
      );
      expect(error?.code).toBe(code);
    }
  });
});

describe("saved views", () => {
  const view = (name: string) => ({ organization_id: world.organizations.a.id, name, definition: { sort: "name" } });

  test("one's own are nobody else's, not even an administrator's", async () => {
    const { data } = await clientOf(persona(world, "vp"))
      .from("saved_views")
      .insert(view("Secret plan"))
      .select("id, owner_id")
      .single()
      .throwOnError();
    expect(data.owner_id).toBe(persona(world, "vp").id);
    await changesNothing(ask, world, async () => {
      for (const label of ["org_admin", "sales_manager", "foreign admin"]) {
        const client = clientOf(persona(world, label)).from("saved_views");
        expect((await client.select("id").eq("id", data.id)).data).toEqual([]);
        expect((await client.update({ name: "Mine now" }, { count: "exact" }).eq("id", data.id)).count).toBe(0);
        expect((await client.delete({ count: "exact" }).eq("id", data.id)).count).toBe(0);
      }
    });
    const { count } = await clientOf(persona(world, "vp"))
      .from("saved_views")
      .delete({ count: "exact" })
      .eq("id", data.id);
    expect(count).toBe(1);
  });

  test("what everybody sees is put there by who may share alone, and kept in their own name", async () => {
    const rep = clientOf(persona(world, "sales_rep")).from("saved_views");
    const { data: mine } = await rep.insert(view("Mine")).select("id").single().throwOnError();
    const shared = { ...view("Everybody's"), is_shared: true };
    await changesNothing(ask, world, async () => {
      const answers = [
        await rep.insert(shared),
        await rep.update({ is_shared: true }).eq("id", mine.id),
        await clientOf(manager)
          .from("saved_views")
          .insert({ ...shared, owner_id: persona(world, "vp").id }),
      ];
      expect(answers.map(({ error }) => error?.code)).toEqual(["42501", "42501", "42501"]);
    });
    expect((await clientOf(manager).from("saved_views").insert(shared)).error).toBeNull();
    expect((await rep.select("name").eq("name", shared.name)).data).toEqual([{ name: shared.name }]);
  });

  test("ten saves of one name at once leave one view", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => clientOf(manager).from("saved_views").insert(view("At once"))),
    );
    expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
    expect(answers.filter(({ error }) => error?.code === "23505")).toHaveLength(9);
  });
});
