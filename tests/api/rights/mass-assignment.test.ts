// Columns that nobody may choose: ids, timestamps, versions, authors, the organization. In a body they are refused, never taken.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { relations } from "../../support/access-matrix.ts";
import { changesNothing } from "../../support/attack.ts";
import { exposedRelations } from "../../support/catalogue.ts";
import { clientOf, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let admin: Persona;
beforeAll(async () => {
  world = await buildWorld(ask);
  admin = persona(world, "org_admin");
});
afterAll(() => owner.close());

const samples: Record<string, unknown> = {
  organization_id: "00000000-0000-4000-8000-000000000000",
  created_at: "2001-01-01T00:00:00Z",
  updated_at: "2001-01-01T00:00:00Z",
  version: 900,
};
const sampleOf = (column: string): unknown => samples[column] ?? (/(^id$|_id$|_by$)/.test(column) ? randomUUID() : 1);

test.each(Object.keys(relations))("%s: no column can be written that its line does not name", async (name) => {
  const line = relations[name];
  const columns = (await exposedRelations(ask)).find((relation) => relation.name === name)?.columns ?? [];
  const key = line?.organization ?? line?.person ?? columns[0] ?? "";
  const whose = line?.person ? admin.id : world.organizations.a.id;
  const who = clientOf(admin);
  await changesNothing(ask, world, async () => {
    for (const column of columns) {
      if (!line?.update?.columns.includes(column)) {
        const changed = await who
          .from(name)
          .update({ ...line?.update?.change, [column]: sampleOf(column) })
          .eq(key, whose);
        expect(changed.error?.code, `update of ${column}`).toMatch(/^(42501|22P02|428C9)$/);
      }
      if (!line?.insert?.columns.includes(column)) {
        const row = { ...line?.insert?.row(world.organizations.a), [column]: sampleOf(column) };
        const added = await who.from(name).insert(row);
        expect(added.error?.code, `insert of ${column}`).toMatch(/^(42501|428C9)$/);
        // Named in the address instead of the body, where the API takes the list of columns from.
        const named = await request(admin, `/${name}?columns=${Object.keys(row).join(",")}`, {
          method: "POST",
          body: JSON.stringify([row]),
        });
        expect(named.status, `columns=${column}`).toBeOneOf([400, 403]);
      }
    }
  });
});

test("a rightful insert gets id, author, version and times from the database", async () => {
  const setting = { organization_id: world.organizations.a.id, category: "team", key: "team_size", value: 7 };
  const { data, error } = await clientOf(admin).from("configurations").insert(setting).select().single();
  expect(error).toBeNull();
  expect(data).toMatchObject({ ...setting, version: 1, updated_by: admin.id });
  expect(Math.abs(Date.parse(data.created_at) - Date.now())).toBeLessThan(60_000);
});

test("an update or a delete without a filter is refused", async () => {
  await changesNothing(ask, world, async () => {
    for (const [name, { update, delete: remove }] of Object.entries(relations)) {
      if (update) {
        const changed = await request(admin, `/${name}`, { method: "PATCH", body: JSON.stringify(update.change) });
        expect(changed.status, `update of ${name}`).toBe(400);
      }
      if (remove)
        expect((await request(admin, `/${name}`, { method: "DELETE" })).status, `delete from ${name}`).toBe(400);
    }
  });
});

test("a batch with one row of another organization is taken back whole", async () => {
  const { a, b } = world.organizations;
  const rows = ["working_days", "weekly_status"].map((key) => ({
    organization_id: a.id,
    category: "team",
    key,
    value: key === "working_days" ? ["mon"] : null,
  }));
  const foreign = { organization_id: b.id, category: "team", key: "working_days", value: ["tue"] };
  const { error } = await changesNothing(ask, world, async () =>
    clientOf(admin)
      .from("configurations")
      .insert([...rows.slice(0, 1), foreign]),
  );
  expect(error?.code).toBe("42501");
  expect((await clientOf(admin).from("configurations").insert(rows.slice(0, 1))).error).toBeNull();
});

test("an unknown column in the body is refused and not dropped in silence", async () => {
  const { error } = await changesNothing(ask, world, async () =>
    clientOf(admin).from("organizations").update({ name: "New", is_admin: true }).eq("id", world.organizations.a.id),
  );
  expect(error?.code).toBe("PGRST204");
});
