// Each role, and each other way of standing to an organization, tries each verb on each table and calls each function, over HTTP.
// What they should get is derived from the specification's table; what the API exposes is read from the catalogue.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  closedRelations,
  decisivePermissions,
  functions,
  mayAdd,
  mayCall,
  mayReadShared,
  type RelationLine,
  readReach,
  relations,
  writeReach,
} from "../../support/access-matrix.ts";
import { changesNothing } from "../../support/attack.ts";
import { exposedFunctions, exposedRelations } from "../../support/catalogue.ts";
import { clientOf } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { permissionKeys, permissionsOf, roleKeys } from "../../support/role-matrix.ts";
import { prepareTargets, type Targets } from "../../support/targets.ts";
import {
  buildWorld,
  type Organization,
  organizationLabels,
  type Persona,
  persona,
  personaLabels,
  type World,
} from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
// Whoever is refused leaves these as they are; whoever is allowed gets targets of their own.
const untouched = new Map<string, Targets>();
beforeAll(async () => {
  world = await buildWorld(ask, { permissions: decisivePermissions });
  for (const organization of bothOrganizations())
    untouched.set(organization.id, await prepareTargets(ask, organization));
});

function targetsOf({ id }: Organization): Targets {
  const targets = untouched.get(id);
  if (!targets) throw new Error("This organization has no targets.");
  return targets;
}
afterAll(() => owner.close());

const everybody = personaLabels(decisivePermissions);

describe("the specification's table", () => {
  test("is the catalogue of permissions", async () => {
    const keys = await ask<{ key: string }>("select key from public.permissions");
    expect(keys.map(({ key }) => key).sort()).toEqual([...permissionKeys].sort());
  });

  test.each(roleKeys)("is what %s holds in an organization that begins", async (role) => {
    const held = await ask<{ permission: string; scope: string }>(
      "select permission, scope from public.role_permissions where role_id = $1",
      [world.organizations.b.roles[role]],
    );
    expect(Object.fromEntries(held.map(({ permission, scope }) => [permission, scope]))).toEqual(
      Object.fromEntries(permissionsOf(role)),
    );
  });

  test("names every table and view that the API exposes", async () => {
    const missing = (await exposedRelations(ask)).filter(
      ({ name }) => !relations[name] && !closedRelations.includes(name),
    );
    expect(
      missing.map(
        ({ kind, name }) =>
          `Say in tests/support/access-matrix.ts, under "relations", who may use the ${kind} "${name}".`,
      ),
    ).toEqual([]);
  });

  test("names every function that the API exposes", async () => {
    const missing = (await exposedFunctions(ask)).filter(({ name }) => !functions[name]);
    expect(
      missing.map(
        ({ name }) =>
          `Say in tests/support/access-matrix.ts, under "functions", who may call "${name}", and with what.`,
      ),
    ).toEqual([]);
  });

  test("names nothing that is not there", async () => {
    const there = [...(await exposedRelations(ask)), ...(await exposedFunctions(ask))].map(({ name }) => name);
    expect(
      [...Object.keys(relations), ...closedRelations, ...Object.keys(functions)].filter(
        (name) => !there.includes(name),
      ),
    ).toEqual([]);
  });
});

describe.each(everybody)("%s", (label) => {
  describe.each(Object.entries(relations))("%s", (name, line) => {
    test("reads what they may, and nothing else", async () => {
      const who = persona(world, label);
      const { data, error, count } = await clientOf(who)
        .from(name)
        .select(line.selectColumns?.join(",") ?? "*", { count: "exact" });
      expect(error).toBeNull();
      // An answer ends at 1,000 rows: what there is beyond them is counted.
      const isWhole = count === data?.length;
      if (!isWhole) expect(data).toHaveLength(1000);
      expect(isWhole ? tally(line, data) : await countEach(who, name, line)).toEqual(
        await expectedTally(who, name, line),
      );
    });

    test("writes what they may, and nothing else", async () => {
      const attempts = attemptsOf(persona(world, label), name, line);
      await changesNothing(ask, world, async () => {
        for (const { what, isAllowed, attempt } of attempts) {
          if (isAllowed) continue;
          const { error, count } = await attempt();
          // What no role is granted is refused; what the policies keep back is simply not there.
          const refused = error !== null && /^(42501|22P02)$/.test(error.code);
          expect(refused || (error === null && count === 0), `${what}: ${JSON.stringify(error)}`).toBe(true);
        }
      });
      for (const { what, isAllowed, attempt, expected } of attempts)
        if (isAllowed) expect(await attempt(), what).toMatchObject({ error: null, count: expected });
      await removeInserted(name, line);
    });
  });
});

// After every table: somebody who begins an organization belongs somewhere from then on.
describe.each(everybody)("%s", (label) => {
  const calls = Object.entries(functions).flatMap(([name, line]) =>
    (["a", "b"] as const).map((where) => ({ name, line, where })),
  );

  test("calls no function where they may not", async () => {
    const who = persona(world, label);
    await changesNothing(ask, world, async () => {
      for (const { name, line, where } of calls) {
        if (mayCall(who, where, line)) continue;
        const { error, status, data } = await clientOf(who).rpc(name, line.args(targetsOf(world.organizations[where])));
        expect({ name, where, code: error?.code, status, data }).toEqual({
          name,
          where,
          code: "42501",
          status: 403,
          data: null,
        });
      }
    });
  });

  test("calls every function where they may", async () => {
    const who = persona(world, label);
    for (const { name, line, where } of calls) {
      if (!mayCall(who, where, line)) continue;
      const organization = world.organizations[where];
      const args = line.args(await prepareTargets(ask, organization));
      const { error } = await clientOf(who).rpc(name, args);
      expect(error?.code, name).not.toBe("42501");
      // Who left is back for the next call.
      await ask(
        `update public.memberships set status = 'active', deactivated_at = null
         where organization_id = $1 and user_id = $2 and $3 = 'leave_organization'`,
        [organization.id, who.id, name],
      );
    }
  });
});

interface Attempt {
  what: string;
  isAllowed: boolean;
  attempt(): PromiseLike<{ error: { code: string } | null; count: number | null }>;
  /** How many rows an allowed attempt reaches. */
  expected: unknown;
}

type Rule = Parameters<typeof writeReach>[2];

const bothOrganizations = () => [world.organizations.a, world.organizations.b];

function attemptsOf(who: Persona, name: string, line: RelationLine): Attempt[] {
  const client = clientOf(who);
  return bothOrganizations().flatMap((organization): Attempt[] => {
    const { label, id, canary } = organization;
    const row = line.insert?.row(organization) ?? { [line.organization ?? line.person ?? "position"]: id };
    const key = line.organization ?? line.person ?? "key";
    const whose = line.person ? persona(world, "foreign admin").id : id;
    const isOwn = line.person !== undefined && who.id === whose;
    // Whoever may write without reading finds nothing to write: the filter reads.
    const reads = isOwn || readReach(who, label, line) !== undefined;
    const mayDelete = writeReach(who, label, line.delete) === "all";
    // Whoever may write their own tries what nobody owns: the rest is their right.
    const butOwn = <Query extends { is(column: string, value: null): Query }>(query: Query, rule?: Rule) =>
      writeReach(who, label, rule) === "own"
        ? (line.own ?? []).reduce((narrowed, column) => narrowed.is(column, null), query)
        : query;
    return [
      {
        what: `insert into ${canary}`,
        isAllowed: mayAdd(who, label, line),
        attempt: () => client.from(name).insert(row, { count: "exact" }),
        expected: 1,
      },
      {
        what: `update of ${canary}`,
        isAllowed: writeReach(who, label, line.update?.rule) === "all" || (isOwn && line.update?.rule === "self"),
        attempt: () =>
          butOwn(
            client
              .from(name)
              .update(line.update?.change ?? unchanged(line), { count: "exact" })
              .match({ ...line.update?.among, [key]: whose }),
            line.update?.rule,
          ),
        expected: reads ? expect.any(Number) : 0,
      },
      {
        what: `delete in ${canary}`,
        isAllowed: mayDelete,
        // Whoever may delete takes the row that was just added, the others try to take them all.
        attempt: () =>
          mayDelete && line.insert
            ? client.from(name).delete({ count: "exact" }).match(identityOf(line.insert, organization))
            : butOwn(client.from(name).delete({ count: "exact" }).eq(key, whose), line.delete),
        expected: reads ? 1 : 0,
      },
    ];
  });
}

async function removeInserted(name: string, { insert }: RelationLine): Promise<void> {
  if (!insert) return;
  for (const organization of bothOrganizations()) {
    const identity = Object.entries(identityOf(insert, organization));
    const where = identity.map(([column], place) => `${column}::text = $${place + 1}`).join(" and ");
    await ask(
      `delete from public.${name} where ${where}`,
      identity.map(([, value]) => value),
    );
  }
}

/** What an inserted row is found by again. */
function identityOf(insert: NonNullable<RelationLine["insert"]>, organization: Organization): Record<string, unknown> {
  const row = insert.row(organization);
  return Object.fromEntries(insert.identity.map((column) => [column, row[column]]));
}

/** A change of something that nobody may change. */
const unchanged = ({ organization, person }: RelationLine) => ({ [organization ?? person ?? "position"]: 1 });

/** How many rows there are by whose they are. */
function tally(line: RelationLine, rows: unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of Array.isArray(rows) ? rows : []) {
    const whose = String(row[line.organization ?? line.person ?? ""] ?? "everybody");
    counts[whose] = (counts[whose] ?? 0) + 1;
  }
  return counts;
}

async function countEach(who: Persona, name: string, { organization = "" }: RelationLine) {
  const counts: Record<string, number> = {};
  for (const { id } of Object.values(world.organizations)) {
    const { count } = await clientOf(who)
      .from(name)
      .select("*", { count: "exact", head: true })
      .eq(organization, id)
      .throwOnError();
    if (count) counts[id] = count;
  }
  return counts;
}

async function expectedTally(who: Persona, name: string, line: RelationLine): Promise<Record<string, number>> {
  if (line.person) return { [who.id]: 1 };
  const count = async (where: string, values: unknown[]) =>
    Number((await ask<{ count: string }>(`select count(*) from public.${name} where ${where}`, values))[0]?.count);
  if (typeof line.select === "object")
    return mayReadShared(who, line.select.anywhere) ? { everybody: await count("true", []) } : {};
  const counts: Record<string, number> = {};
  for (const label of organizationLabels) {
    const reach = readReach(who, label, line);
    if (!reach) continue;
    const { id } = world.organizations[label];
    const own = (line.own ?? []).map((column) => `${column} = $2`).join(" or ");
    const rows = await (reach === "all"
      ? count(`${line.organization} = $1`, [id])
      : count(`${line.organization} = $1 and (${own})`, [id, who.id]));
    if (rows > 0) counts[id] = rows;
  }
  return counts;
}
