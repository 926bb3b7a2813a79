// Rights are what the tables say at the moment of the request: nothing that people say about themselves adds any, and what is
// taken away is gone with the next request of the same token.
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";
import { buildWorld, type Persona, persona, WORLD_PASSWORD, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let admin: Persona;
let rep: Persona;
beforeEach(async () => {
  world = await buildWorld(ask);
  admin = persona(world, "org_admin");
  rep = persona(world, "sales_rep");
});
afterAll(() => owner.close());

const membershipOf = async ({ id }: Persona, organization = world.organizations.a.id) => {
  const [row] = await ask<{ version: string; status: string; key: string }>(
    `select m.version, m.status, r.key from public.memberships as m join public.roles as r on r.id = m.role_id
     where m.organization_id = $1 and m.user_id = $2`,
    [organization, id],
  );
  return { version: Number(row?.version), status: row?.status, key: row?.key };
};

const about = async (who: Persona) => ({
  organization: world.organizations.a.id,
  member: who.id,
  seen_version: (await membershipOf(who)).version,
});

const rowsSeen = async (who: Persona) => (await clientOf(who).from("memberships").select("id")).data?.length;

describe("a sales rep", () => {
  test("raises neither role, permissions nor standing of their own", async () => {
    const { a } = world.organizations;
    const client = clientOf(rep);
    const mine = await about(rep);
    const answers = await changesNothing(ask, world, async () => [
      await client.from("memberships").update({ role_id: a.roles.org_admin }).eq("user_id", rep.id),
      await client.from("memberships").update({ status: "active" }).eq("user_id", rep.id),
      await client.from("memberships").insert({ organization_id: a.id, user_id: rep.id, role_id: a.roles.org_admin }),
      await client.from("roles").update({ key: "org_admin" }).eq("id", a.roles.sales_rep),
      await client
        .from("role_permissions")
        .insert({ organization_id: a.id, role_id: a.roles.sales_rep, permission: "members.manage", scope: "all" }),
      await client.from("role_permissions").update({ scope: "all" }).eq("role_id", a.roles.sales_rep),
      await client
        .from("permissions")
        .insert({ key: "all.things", area: "x", label: "x", description: "x", position: 1 }),
      await client.from("organizations").update({ is_active: true, seat_limit: 9999 }).eq("id", a.id),
      await client.rpc("change_member_role", { ...mine, role: a.roles.org_admin }),
      await client.rpc("save_role", {
        organization: a.id,
        role: a.roles.sales_rep,
        role_name: "Sales rep",
        role_description: "",
        role_permissions: { "members.manage": "all" },
        seen_version: 1,
      }),
      await client.rpc("set_subscription", { organization: a.id, tier: "enterprise", seats: 5 }),
    ]);
    for (const { error } of answers) expect(error?.code).toBe("42501");
    const raised = await clientOf(admin).rpc("change_member_role", { ...mine, role: a.roles.vp });
    expect(raised.error).toBeNull();
  });

  test("reads the audit log from the request after they became VP, and no longer after they were one", async () => {
    const { a } = world.organizations;
    const reads = async () => ((await clientOf(rep).rpc("audit_page", { organization: a.id })).data ?? []).length > 0;
    expect(await reads()).toBe(false);
    await clientOf(admin).rpc("change_member_role", { ...(await about(rep)), role: a.roles.vp });
    expect(await reads()).toBe(true);
    await clientOf(admin).rpc("change_member_role", { ...(await about(rep)), role: a.roles.sales_rep });
    expect(await reads()).toBe(false);
  });

  test("loses what a changed role no longer holds with the next request", async () => {
    const { a } = world.organizations;
    expect(await rowsSeen(rep)).toBeGreaterThan(0);
    const saved = await clientOf(admin).rpc("save_role", {
      organization: a.id,
      role: a.roles.sales_rep,
      role_name: "Sales rep",
      role_description: "",
      role_permissions: { "partners.read": "all" },
      seen_version: 1,
    });
    expect(saved.error).toBeNull();
    expect(await rowsSeen(rep)).toBe(0);
  });

  test("sees nothing with the same token once deactivated, and everything again once back", async () => {
    expect(await rowsSeen(rep)).toBeGreaterThan(0);
    expect((await clientOf(admin).rpc("deactivate_member", await about(rep))).error).toBeNull();
    for (const name of ["organizations", "memberships", "roles", "role_permissions", "permissions", "configurations"])
      expect((await clientOf(rep).from(name).select("*")).data, name).toEqual([]);
    const { error } = await clientOf(rep).rpc("resolved_configuration", { organization: world.organizations.a.id });
    expect(error?.code).toBe("42501");
    expect((await clientOf(admin).rpc("reactivate_member", await about(rep))).error).toBeNull();
    expect(await rowsSeen(rep)).toBeGreaterThan(0);
  });
});

test("a suspended organization, or one below a suspended tenant, shows nothing to anybody until it is back", async () => {
  for (const suspended of [world.organizations.a, world.organizations.tenant]) {
    await ask("update public.organizations set is_active = false where id = $1", [suspended.id]);
    for (const who of [admin, rep]) {
      expect(await rowsSeen(who)).toBe(0);
      const renamed = await clientOf(who)
        .from("organizations")
        .update({ name: "Mine" }, { count: "exact" })
        .eq("id", world.organizations.a.id);
      expect(renamed.count).toBe(0);
      const { data } = await clientOf(who).rpc("my_organizations");
      expect(data).toMatchObject([{ is_active: false, permissions: {} }]);
    }
    await ask("update public.organizations set is_active = true where id = $1", [suspended.id]);
    expect(await rowsSeen(rep)).toBeGreaterThan(0);
  }
});

describe("the last administrator", () => {
  test("stays, of two who step down at the same moment", async () => {
    const other = persona(world, "in both");
    for (let round = 0; round < 5; round++) {
      const left = await Promise.all(
        [admin, other].map((who) =>
          clientOf(who).rpc("leave_organization", { organization: world.organizations.a.id }),
        ),
      );
      expect(left.map(({ error }) => error?.code ?? null).sort()).toEqual(["PW002", null]);
      const [count] = await ask<{ active: number }>(
        "select count(*)::int as active from public.memberships where organization_id = $1 and role_id = $2 and status = 'active'",
        [world.organizations.a.id, world.organizations.a.roles.org_admin],
      );
      expect(count?.active).toBe(1);
      await ask(
        "update public.memberships set status = 'active', deactivated_at = null where organization_id = $1 and user_id = any ($2)",
        [world.organizations.a.id, [admin.id, other.id]],
      );
    }
  });

  test("stays, of two who end each other at the same moment", async () => {
    const other = persona(world, "in both");
    const answers = await Promise.all([
      clientOf(admin).rpc("deactivate_member", await about(other)),
      clientOf(other).rpc("deactivate_member", await about(admin)),
    ]);
    expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
    const [count] = await ask<{ active: number }>(
      "select count(*)::int as active from public.memberships where organization_id = $1 and role_id = $2 and status = 'active'",
      [world.organizations.a.id, world.organizations.a.roles.org_admin],
    );
    expect(count?.active).toBe(1);
  });
});

describe("what people say about themselves", () => {
  const boast = () => ({
    role: "org_admin",
    is_admin: true,
    organization_id: world.organizations.a.id,
    app_metadata: { role: "service_role", organizations: [world.organizations.a.id] },
    permissions: { "members.manage": "all" },
  });

  test("at sign-up or afterwards grants nothing", async () => {
    const outsider = persona(world, "outsider");
    const { apiUrl, publishableKey, secretKey } = stack();
    const token = await fetch(`${apiUrl}/auth/v1/token?grant_type=password`, {
      method: "POST",
      headers: { apikey: publishableKey, "content-type": "application/json" },
      body: JSON.stringify({ email: outsider.email, password: WORLD_PASSWORD }),
    }).then((answer) => answer.json());
    const updated = await fetch(`${apiUrl}/auth/v1/user`, {
      method: "PUT",
      headers: {
        apikey: publishableKey,
        authorization: `Bearer ${token.access_token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ data: boast(), app_metadata: boast(), role: "service_role", aud: "service_role" }),
    });
    expect(updated.status).toBeLessThan(500);
    const made = await fetch(`${apiUrl}/auth/v1/admin/users`, {
      method: "POST",
      headers: { apikey: secretKey, "content-type": "application/json" },
      body: JSON.stringify({
        email: `boast-${world.suffix}@world.test`,
        password: WORLD_PASSWORD,
        email_confirm: true,
        user_metadata: boast(),
      }),
    });
    expect(made.ok).toBe(true);
    for (const who of [outsider, { ...outsider, email: `boast-${world.suffix}@world.test` }]) {
      const signedIn = await request({ email: `${who.email}` }, "/organizations?select=id");
      expect(signedIn).toMatchObject({ status: 200, body: "[]" });
      const { data } = await clientOf(who).rpc("my_organizations");
      expect(data).toEqual([]);
    }
  });

  test("in the settings of the organization, or in one's preferences, grants nothing", async () => {
    const { a, b } = world.organizations;
    expect(
      (
        await clientOf(admin)
          .from("organizations")
          .update({ settings: { ...boast(), seat_limit: 5, parent_id: b.id } })
          .eq("id", a.id)
      ).error,
    ).toBeNull();
    expect(
      (await clientOf(rep).from("profiles").update({ notification_preferences: boast() }).eq("user_id", rep.id)).error,
    ).toBeNull();
    const { error } = await clientOf(rep).rpc("invite_member", {
      organization: a.id,
      address: "x@world.test",
      role: a.roles.vp,
    });
    expect(error?.code).toBe("42501");
    expect((await clientOf(admin).from("organizations").select("id")).data).toEqual([{ id: a.id }]);
  });

  test("in a path of settings or functions of their own changes nobody's answer", async () => {
    const headers = { prefer: "timezone=UTC", "x-search-path": "private", "accept-profile": "private" };
    const { status } = await request(rep, "/memberships?select=id", { headers });
    expect(status).toBe(406);
    for (const profile of ["private", "auth", "gate", "extensions", "pg_catalog", "information_schema"]) {
      const read = await request(rep, "/pg_settings?select=name", { headers: { "accept-profile": profile } });
      expect(read.status, profile).toBe(406);
      const called = await request(rep, "/rpc/set_config", {
        method: "POST",
        headers: { "content-profile": profile },
        body: JSON.stringify({ setting_name: "request.jwt.claims", new_value: "{}", is_local: false }),
      });
      expect(called.status, profile).toBe(406);
    }
    for (const name of [
      "set_config",
      "current_setting",
      "pg_sleep",
      "organizations_where_i_can",
      "can",
      "actor",
      "record_audit",
    ]) {
      const { status: answered } = await request(rep, `/rpc/${name}`, { method: "POST", body: "{}" });
      expect(answered, name).toBe(404);
    }
  });
});
