// One organization's people and another's data: reading, embedding, counting, writing and naming what is not theirs.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { relations } from "../../support/access-matrix.ts";
import { changesNothing } from "../../support/attack.ts";
import { exposedRelations } from "../../support/catalogue.ts";
import { clientOf, request } from "../../support/clients.ts";
import { chosenSeed } from "../../support/isolation.ts";
import { openOwner } from "../../support/owner.ts";
import { createRandom } from "../../support/random.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let admin: Persona;
let foreign: Persona;
beforeAll(async () => {
  world = await buildWorld(ask);
  admin = persona(world, "org_admin");
  foreign = persona(world, "foreign admin");
});
afterAll(() => owner.close());

const tables = Object.keys(relations);
const columnsOf = (name: string) => relations[name]?.selectColumns?.join(",") ?? "*";
/** Nothing of anybody's organization but A's. */
const showsOnlyA = (text: string) => !/canary-(?!a-)/.test(text.replaceAll(world.organizations.a.canary, ""));

describe("without signing in", () => {
  test.each(tables)("nobody reads, counts or writes %s", async (name) => {
    const client = clientOf(null);
    const answers = await changesNothing(ask, world, async () => [
      await client.from(name).select(columnsOf(name)),
      await client.from(name).select(columnsOf(name), { count: "exact", head: true }),
      await client.from(name).insert({}),
      await client.from(name).update({ updated_at: "2026-01-01" }).not("updated_at", "is", null),
      await client.from(name).delete().not("created_at", "is", null),
    ]);
    for (const { status, data } of answers) {
      expect(status === 401 || status === 400, `${status}`).toBe(true);
      expect(data).toBeNull();
    }
    expect((await clientOf(admin).from(name).select(columnsOf(name))).data?.length).toBeGreaterThan(0);
  });
});

describe("every relation", () => {
  test("embedded in every other, four levels deep, shows one's own organization only", {
    timeout: 180_000,
  }, async () => {
    const random = createRandom(chosenSeed());
    const related = await relationships();
    // Every chain of two, and of the deeper ones, of which there are tens of thousands, some others each time.
    const chains = (name: string, depth: number): string[] => [
      columnsOf(name),
      ...(depth === 0 ? [] : (related.get(name) ?? [])).flatMap(({ target, hint }) =>
        chains(target, depth - 1).map((inner) => `${columnsOf(name)},${target}!${hint}(${inner})`),
      ),
    ];
    const deepChain = (name: string, depth: number): string => {
      const next = related.get(name);
      if (depth === 0 || !next) return columnsOf(name);
      const { target, hint } = random.pick(next);
      return `${columnsOf(name)},${target}!${hint}(${deepChain(target, depth - 1)})`;
    };
    const linked = tables.filter((name) => related.has(name));
    expect(linked).toContain("memberships");
    const asked = [
      ...tables.flatMap((name) => chains(name, 2).map((select) => ({ name, select }))),
      ...Array.from({ length: 400 }, (_, place) => {
        const name = random.pick(linked);
        return { name, select: deepChain(name, 3 + (place % 2)) };
      }),
    ];
    expect(asked.length).toBeGreaterThan(500);
    const next = asked.values();
    const send = async () => {
      for (const { name, select } of next) {
        const { status, body } = await request(admin, `/${name}?limit=3&select=${encodeURIComponent(select)}`);
        expect(status, `${select}: ${body}`).toBe(200);
        expect(showsOnlyA(body), `${name}: ${select}`).toBe(true);
      }
    };
    await Promise.all(Array.from({ length: 6 }, send));
  });

  test.each(tables)("%s: a foreign id is answered like a random one", async (name) => {
    const column = relations[name]?.organization ?? relations[name]?.person;
    if (!column) return;
    const key = name === "profiles" ? foreign.id : world.organizations.b.id;
    const outcomes = [];
    for (const id of [key, randomUUID()]) {
      const paths = [
        ["GET", `/${name}?select=${columnsOf(name)}&${column}=eq.${id}`],
        ["HEAD", `/${name}?select=${columnsOf(name)}&${column}=eq.${id}`],
        ["DELETE", `/${name}?${column}=eq.${id}`],
        ["PATCH", `/${name}?${column}=eq.${id}`],
      ] as const;
      const answers = [];
      for (const [method, path] of paths) {
        const change = relations[name]?.update?.change ?? { [column]: id };
        const { status, body, headers } = await changesNothing(ask, world, () =>
          request(admin, path, {
            method,
            headers: { prefer: "count=exact,return=minimal" },
            ...(method === "PATCH" && { body: JSON.stringify(change) }),
          }),
        );
        answers.push({ method, status, body, range: headers.get("content-range"), type: headers.get("content-type") });
      }
      outcomes.push(answers);
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
  });

  test.each(tables)("%s: a count counts one's own organization only", async (name) => {
    const { organization } = relations[name] ?? {};
    if (!organization) return;
    const [expected] = await ask<{ count: string }>(
      `select count(*) from public.${name} where ${organization} = any ($1)`,
      [[world.organizations.a.id]],
    );
    for (const count of ["exact", "planned", "estimated"] as const) {
      const { count: told } = await clientOf(admin)
        .from(name)
        .select(columnsOf(name), { count, head: true })
        .eq(organization, world.organizations.b.id);
      if (count === "exact") expect(told).toBe(0);
    }
    const { count: all } = await clientOf(admin).from(name).select(columnsOf(name), { count: "exact", head: true });
    expect(all).toBe(Number(expected?.count));
  });

  test("a header that names another organization has no effect", async () => {
    for (const name of tables) {
      const plain = await request(admin, `/${name}?select=${columnsOf(name)}&order=${orderOf(name)}`);
      const dressed = await request(admin, `/${name}?select=${columnsOf(name)}&order=${orderOf(name)}`, {
        headers: {
          "x-organization-id": world.organizations.b.id,
          "x-tenant-id": world.organizations.b.id,
          "x-user-id": foreign.id,
          "x-hasura-role": "service_role",
          role: "service_role",
        },
      });
      expect(dressed.body).toBe(plain.body);
    }
  });
});

describe("an administrator's own rows", () => {
  test("do not move into another organization", async () => {
    for (const name of tables) {
      const { organization } = relations[name] ?? {};
      if (!organization) continue;
      const { error } = await changesNothing(ask, world, async () =>
        clientOf(admin)
          .from(name)
          .update({ [organization]: world.organizations.b.id })
          .eq(organization, world.organizations.a.id),
      );
      expect(error, name).toMatchObject({ code: "42501" });
    }
  });

  test("an upsert with another organization's id changes nothing and tells nothing", async () => {
    for (const name of tables) {
      const keys = (await exposedRelations(ask)).find((relation) => relation.name === name)?.columns ?? [];
      const { organization } = relations[name] ?? {};
      if (!organization) continue;
      const [theirs] = await ask(`select * from public.${name} where ${organization} = $1 limit 1`, [
        world.organizations.b.id,
      ]);
      if (!theirs) continue;
      const { id } = theirs;
      const row = {
        ...Object.fromEntries(keys.filter((key) => key !== "token_hash").map((key) => [key, theirs[key]])),
        id,
      };
      for (const prefer of ["resolution=merge-duplicates", "resolution=ignore-duplicates"]) {
        const { status, body } = await changesNothing(ask, world, () =>
          request(admin, `/${name}`, { method: "POST", headers: { prefer }, body: JSON.stringify(row) }),
        );
        expect(status, `${name}: ${body}`).toBeGreaterThanOrEqual(400);
        expect(body).not.toContain(world.organizations.b.canary);
      }
    }
  });

  test("a setting of another organization is neither added nor merged", async () => {
    const theirs = { organization_id: world.organizations.b.id, category: "team", key: "team_size", value: 3 };
    const { error } = await changesNothing(ask, world, async () =>
      clientOf(admin).from("configurations").insert(theirs),
    );
    expect(error).toMatchObject({ code: "42501" });
    const own = { ...theirs, organization_id: world.organizations.a.id };
    expect((await clientOf(admin).from("configurations").insert(own)).error).toBeNull();
  });
});

describe("what exists elsewhere", () => {
  test("an organization's name is free for everybody, and its slug tells nothing", async () => {
    const outsider = persona(world, "outsider");
    const taken = await clientOf(outsider).rpc("create_organization", {
      organization_name: world.organizations.b.canary,
    });
    const free = await clientOf(outsider).rpc("create_organization", { organization_name: `free-${world.suffix}` });
    expect([taken.error, free.error]).toEqual([null, null]);
    const slugs = await ask<{ slug: string }>("select slug from public.organizations where id = any ($1)", [
      [taken.data, free.data],
    ]);
    for (const { slug } of slugs) expect(slug).toMatch(/-[0-9a-f]{8}$/);
  });

  test("inviting an address with an account answers like inviting one without", async () => {
    const shapes = [];
    for (const address of [foreign.email, `unheard-of-${world.suffix}@world.test`]) {
      const { status, data, error } = await clientOf(admin).rpc("invite_member", {
        organization: world.organizations.a.id,
        address,
        role: world.organizations.a.roles.sales_rep,
      });
      shapes.push({ status, error, keys: Object.keys(data).sort(), token: String(data.token).length });
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });
});

describe("a tenant above others", () => {
  test("its member sees neither rows nor names of an organization below", async () => {
    const above = persona(world, "tenant admin");
    for (const name of tables) {
      const { body } = await request(above, `/${name}?select=${columnsOf(name)}`);
      expect(body).not.toMatch(/canary-(a|b|suspended|below)-/);
    }
    const { data } = await clientOf(above).from("organizations").select("id");
    expect(data).toEqual([{ id: world.organizations.tenant.id }]);
  });

  test("sets what is inherited below", async () => {
    const tenant = world.organizations.tenant.id;
    const resolved = async () => {
      const { data } = await clientOf(persona(world, "vp")).rpc("resolved_configuration", {
        organization: world.organizations.a.id,
        category: "team",
      });
      return data.find(({ key }: { key: string }) => key === "working_days");
    };
    const days = ["mon", "tue"];
    const setting = { organization_id: tenant, category: "team", key: "working_days", value: days };
    expect((await clientOf(admin).from("configurations").insert(setting)).error).toMatchObject({ code: "42501" });
    expect((await clientOf(persona(world, "tenant admin")).from("configurations").insert(setting)).error).toBeNull();
    expect(await resolved()).toMatchObject({ value: days, source: "tenant" });
  });
});

const orderOf = (name: string) => relations[name]?.organization ?? relations[name]?.person ?? "key";

interface Relationship {
  target: string;
  hint: string;
}

/** Which exposed relations are joined by a foreign key, in both directions. */
async function relationships(): Promise<Map<string, Relationship[]>> {
  const keys = await ask<{ name: string; source: string; target: string }>(
    `select conname as name, conrelid::regclass::text as source, confrelid::regclass::text as target
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`,
  );
  const found = new Map<string, Relationship[]>();
  const add = (from: string, to: string, hint: string) =>
    found.set(from, [...(found.get(from) ?? []), { target: to, hint }]);
  for (const { name, source, target } of keys) {
    const [from, to] = [source.replace("public.", ""), target.replace("public.", "")];
    if (!tables.includes(from) || !tables.includes(to)) continue;
    add(from, to, name);
    if (from !== to) add(to, from, name);
  }
  return found;
}
