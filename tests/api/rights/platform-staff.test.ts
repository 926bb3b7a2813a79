// The platform's staff have no standing access: only a while, for a reason, read only, and in the log of the organization.
import { afterAll, beforeAll, expect, test } from "vitest";
import { relations } from "../../support/access-matrix.ts";
import { changesNothing } from "../../support/attack.ts";
import { clientOf } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let staff: Persona;
beforeAll(async () => {
  world = await buildWorld(ask);
  staff = persona(world, "staff");
});
afterAll(() => owner.close());

const reason = "A ticket of the customer, number 17.";
const readable = Object.entries(relations).filter(([, { organization }]) => organization);
const seen = async (who: Persona) => {
  const counts: Record<string, number> = {};
  for (const [name, { selectColumns }] of readable)
    counts[name] =
      (
        await clientOf(who)
          .from(name)
          .select(selectColumns?.join(",") ?? "*")
      ).data?.length ?? -1;
  return counts;
};
const nothing = Object.fromEntries(readable.map(([name]) => [name, 0]));

test("see nothing of an organization without an open access, nor with one that ended", async () => {
  expect(await seen(staff)).toEqual(nothing);
  expect(await seen(persona(world, "staff whose access ended"))).toEqual(nothing);
});

test("read with an open access, one organization only, and change nothing in it", async () => {
  const { a, b } = world.organizations;
  const opened = await clientOf(staff).rpc("open_platform_access", { organization: a.id, reason, minutes: 5 });
  expect(opened.error).toBeNull();
  const counts = await seen(staff);
  expect(counts.memberships).toBeGreaterThan(0);
  expect(counts.invitations).toBe(0);
  const { data } = await clientOf(staff).from("memberships").select("organization_id");
  expect(new Set(data?.map(({ organization_id }) => organization_id))).toEqual(new Set([a.id]));
  expect((await clientOf(staff).from("memberships").select("id").eq("organization_id", b.id)).data).toEqual([]);
  await changesNothing(ask, world, async () => {
    const client = clientOf(staff);
    expect((await client.from("organizations").update({ name: "Ours" }, { count: "exact" }).eq("id", a.id)).count).toBe(
      0,
    );
    expect(
      (
        await client
          .from("configurations")
          .insert({ organization_id: a.id, category: "team", key: "team_size", value: 2 })
      ).error?.code,
    ).toBe("42501");
    expect((await client.from("configurations").delete({ count: "exact" }).eq("organization_id", a.id)).count).toBe(0);
    for (const [name, args] of [
      ["invite_member", { organization: a.id, address: staff.email, role: a.roles.org_admin }],
      [
        "save_role",
        {
          organization: a.id,
          role: null,
          role_name: "Ours",
          role_description: "",
          role_permissions: {},
          seen_version: null,
        },
      ],
      ["leave_organization", { organization: a.id }],
    ] as const)
      expect((await client.rpc(name, args)).error?.code, name).toBe("42501");
  });

  const [event] = await ask<{ actor: string; changes: { reason?: string } }>(
    "select actor, changes from public.audit_log where organization_id = $1 and action = 'platform_access_opened' order by id desc limit 1",
    [a.id],
  );
  expect(event).toMatchObject({ actor: `user:${staff.id}`, changes: { reason } });

  // Its time runs out.
  await ask(
    "update private.platform_access set opened_at = now() - interval '1 hour', expires_at = now() where user_id = $1",
    [staff.id],
  );
  expect(await seen(staff)).toEqual(nothing);
});

test("lose it with the access that is closed, which the organization's own people can read about", async () => {
  const { b } = world.organizations;
  await clientOf(staff).rpc("open_platform_access", { organization: b.id, reason, minutes: 5 });
  expect((await seen(staff)).memberships).toBeGreaterThan(0);
  await clientOf(staff).rpc("close_platform_access", { organization: b.id });
  expect(await seen(staff)).toEqual(nothing);
  const { data } = await clientOf(persona(world, "foreign admin")).rpc("audit_page", {
    organization: b.id,
    actions: ["platform_access_opened", "platform_access_closed"],
  });
  const actions = data?.map(({ action }: { action: string }) => action);
  expect(actions?.sort()).toEqual(["platform_access_closed", "platform_access_opened"]);
});

test("is nothing that anybody can make themselves", async () => {
  const admin = persona(world, "org_admin");
  const { error } = await changesNothing(ask, world, async () =>
    clientOf(admin).rpc("open_platform_access", { organization: world.organizations.b.id, reason, minutes: 5 }),
  );
  expect(error?.code).toBe("42501");
  expect((await clientOf(admin).rpc("platform_organizations")).data).toEqual([]);
  const named = await clientOf(admin).rpc("save_role", {
    organization: world.organizations.a.id,
    role: null,
    role_name: "super_admin",
    role_description: "",
    role_permissions: {},
    seen_version: null,
  });
  expect(named.error).toBeNull();
  const [role] = await ask<{ key: string }>("select key from public.roles where id = $1", [named.data.id]);
  expect(role?.key).toMatch(/^custom_/);
});
