// What those are told who come back: everything since their cursor that they may listen to, whenever it was committed, or that there is
// more than can be told.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Organization, type Persona, persona, type World } from "../../support/world.ts";

interface Told {
  cursor: string;
  epoch: number;
  refetch: boolean;
  changes: {
    table: string;
    op: string;
    ids: string[] | null;
    versions: number[] | null;
    columns: string[] | null;
    partner_ids: string[] | null;
  }[];
}

const owner = openOwner();
const { ask } = owner;
let world: World;
let a: Organization;
let admin: Persona;

beforeAll(async () => {
  world = await buildWorld(ask);
  ({ a } = world.organizations);
  admin = persona(world, "org_admin");
});
afterAll(() => owner.close());

async function since(who: Persona, cursor?: string, organization = a.id): Promise<Told> {
  const { data, error } = await clientOf(who).rpc("changes_since", {
    organization,
    ...(cursor !== undefined && { since: cursor }),
  });
  if (error) throw new Error(error.message);
  return data;
}

const rename = (name = randomUUID()) => ask("update public.partners set name = $2 where id = $1", [a.partner, name]);
const namedOf = (told: Told) => told.changes.filter(({ ids }) => ids?.includes(a.partner));

test("without a cursor it is where to begin", async () => {
  const told = await since(admin);
  const { data: epoch } = await clientOf(admin).rpc("live_epoch", { organization: a.id });
  expect(told).toEqual({ cursor: expect.stringMatching(/^\d+$/), epoch, refetch: false, changes: [] });
});

test("with one it is what changed since, in that order, and again nothing", async () => {
  const { cursor } = await since(admin);
  await rename();
  await ask("update public.partners set notes = 'Since' where id = $1", [a.partner]);
  const [{ version } = { version: "0" }] = await ask<{ version: string }>(
    "select version from public.partners where id = $1",
    [a.partner],
  );
  const told = await since(admin, cursor);
  expect(told.refetch).toBe(false);
  expect(namedOf(told)).toEqual([
    {
      table: "partners",
      op: "update",
      ids: [a.partner],
      versions: [Number(version) - 1],
      columns: ["name"],
      partner_ids: null,
    },
    {
      table: "partners",
      op: "update",
      ids: [a.partner],
      versions: [Number(version)],
      columns: ["notes"],
      partner_ids: null,
    },
  ]);
});

test("what was written before the cursor and committed after it is told", async () => {
  await owner.withConnection(async (slow) => {
    await slow.query("begin");
    await slow.query("update public.partners set notes = 'Slow' where id = $1", [a.partner]);
    // Others come and go meanwhile, so that the cursor is later than the slow one's beginning.
    const other = await ask<{ id: string }>(
      "insert into public.partners (organization_id, name) values ($1, $2) returning id",
      [a.id, randomUUID()],
    );
    const { cursor, changes } = await since(admin, (await since(admin)).cursor);
    expect(changes.some(({ ids }) => ids?.includes(a.partner))).toBe(false);
    await slow.query("commit");
    const later = await since(admin, cursor);
    expect(namedOf(later).map(({ columns }) => columns)).toEqual([["notes"]]);
    expect(other).toHaveLength(1);
  });
});

test("what was taken back is not told", async () => {
  const { cursor } = await since(admin);
  await owner.withConnection(async (connection) => {
    await connection.query("begin");
    await connection.query("update public.partners set notes = 'Never' where id = $1", [a.partner]);
    await connection.query("rollback");
  });
  expect(namedOf(await since(admin, cursor))).toEqual([]);
});

test("of many rows in one statement only the table is told", async () => {
  const { cursor } = await since(admin);
  await ask(
    "insert into public.partners (organization_id, name) select $1, 'One of many ' || n from generate_series(1, 250) as n",
    [a.id],
  );
  const told = await since(admin, cursor);
  expect(told.changes.filter(({ table, op }) => table === "partners" && op === "insert")).toEqual([
    { table: "partners", op: "insert", ids: null, versions: null, columns: null, partner_ids: null },
  ]);
});

test("of more than 500 changes it is that everything is to be read again", async () => {
  const { cursor } = await since(admin);
  await ask(
    "do $$ begin for n in 1..501 loop update public.partners set notes = 'n' || n where id = '" +
      a.partner +
      "'; end loop; end $$",
  );
  expect(await since(admin, cursor)).toMatchObject({ refetch: true, changes: [] });
});

test.each(["", "0", "-1", "abc", "1 or true", "99999999999999999999999", "999999999999999999", "１２", "1;drop"])(
  "so it is with the cursor '%s', which is none of ours",
  async (cursor) => {
    expect(await since(admin, cursor)).toMatchObject({
      refetch: true,
      changes: [],
      cursor: expect.stringMatching(/^\d+$/),
    });
  },
);

test("so it is with a cursor from before what is kept", async () => {
  const { cursor } = await since(admin);
  await rename();
  expect(namedOf(await since(admin, cursor))).toHaveLength(1);
  await owner.withConnection(async (connection) => {
    await connection.query("begin");
    await connection.query(
      "update private.live_changes set recorded_at = now() - interval '25 hours' where organization_id = $1",
      [a.id],
    );
    await connection.query("select private.forget_live_changes()");
    await connection.query("commit");
  });
  expect(await since(admin, cursor)).toMatchObject({ refetch: true, changes: [] });
  const [left] = await ask<{ n: string }>(
    "select count(*) as n from private.live_changes where organization_id = $1 and recorded_at < now() - interval '1 day'",
    [a.id],
  );
  expect(Number(left?.n)).toBe(0);
  await rename();
  const next = await since(admin);
  await rename();
  expect(namedOf(await since(admin, next.cursor))).toHaveLength(1);
});

test("nobody else is told anything, whether the organization is there or not", async () => {
  for (const label of [
    "foreign admin",
    "deactivated",
    "outsider",
    "partner user",
    "removed partner user",
    "staff",
    "tenant admin",
  ])
    for (const organization of [a.id, randomUUID()]) {
      const { data, error } = await clientOf(persona(world, label)).rpc("changes_since", { organization });
      expect([label, data, error?.code, error?.message]).toEqual([
        label,
        null,
        "42501",
        "You do not have the right to do this.",
      ]);
    }
  const { error } = await clientOf(null).rpc("changes_since", { organization: a.id });
  expect(error?.code).toBe("42501");
});

test("the epoch is told to members and guests, and to nobody else", async () => {
  const asked = async (label: string, organization = a.id) =>
    (await clientOf(persona(world, label)).rpc("live_epoch", { organization })).error?.code ?? null;
  for (const label of ["org_admin", "without rights", "staff with access", "partner user", "user of another partner"])
    expect([label, await asked(label)]).toEqual([label, null]);
  for (const label of [
    "foreign admin",
    "deactivated",
    "outsider",
    "removed partner user",
    "foreign partner user",
    "staff",
    "tenant admin",
  ])
    expect([label, await asked(label)]).toEqual([label, "42501"]);
  expect(await asked("org_admin", randomUUID())).toBe("42501");
  expect((await clientOf(null).rpc("live_epoch", { organization: a.id })).error?.code).toBe("42501");
});

test("whoever sees deals of their own only is told of those, and of others' nothing", async () => {
  const rep = persona(world, "sales_rep");
  const { cursor } = await since(rep);
  const made = await ask<{ id: string; owner_id: string | null }>(
    `insert into public.opportunities (organization_id, customer_id, name, owner_id)
     select $1, $2, 'Owned ' || n, case n when 1 then $3::uuid end from generate_series(1, 2) as n returning id, owner_id`,
    [a.id, a.customer, rep.id],
  );
  const deals = async (who: Persona) =>
    new Set(
      (await since(who, cursor)).changes.filter(({ table }) => table === "opportunities").flatMap(({ ids }) => ids),
    );
  expect(await deals(rep)).toEqual(new Set(made.filter(({ owner_id }) => owner_id).map(({ id }) => id)));
  expect(await deals(admin)).toEqual(new Set(made.map(({ id }) => id)));
});
