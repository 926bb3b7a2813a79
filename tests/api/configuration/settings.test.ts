// Settings over HTTP: who reads and writes them, what the wire can do to them, and that nothing else gets in.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf, request } from "../../support/clients.ts";
import { type Owner, openOwner } from "../../support/owner.ts";
import { buildWorld, type OrganizationLabel, persona, type World } from "../../support/world.ts";

let owner: Owner;
let world: World;
beforeAll(async () => {
  owner = openOwner();
  world = await buildWorld(owner.ask);
});
afterAll(() => owner.close());

const idOf = (label: OrganizationLabel) => world.organizations[label].id;
const who = (label: string | null) => (label === null ? null : persona(world, label));

function set(label: string | null, organization: OrganizationLabel, key: string, value: unknown, category = "team") {
  return request(who(label), "/configurations", {
    method: "POST",
    body: JSON.stringify({ organization_id: idOf(organization), category, key, value }),
  });
}

/** The value as the owner finds it; nothing where the organization has none of its own. */
async function stored(organization: OrganizationLabel, key: string) {
  const [row] = await owner.ask<{ value: unknown; version: string }>(
    "select value, version from public.configurations where organization_id = $1 and key = $2",
    [idOf(organization), key],
  );
  return row && { value: row.value, version: Number(row.version) };
}

async function resolved(label: string, organization: OrganizationLabel, key: string) {
  const client = clientOf(who(label));
  const { data, error } = await client.rpc("resolved_configuration", { organization: idOf(organization) });
  if (error) throw error;
  const { value, source, inherited_value, inherited_source, version } = data.find(
    (row: { key: string }) => row.key === key,
  );
  return { value, source, inherited_value, inherited_source, version };
}

describe("who may", () => {
  test("an administrator sets, changes and resets; everybody in the organization sees it", async () => {
    expect((await set("org_admin", "a", "team_size", 12)).status).toBe(201);
    for (const label of ["sales_rep", "data_team", "vp"])
      expect(await resolved(label, "a", "team_size")).toMatchObject({ value: 12, source: "organization", version: 1 });
    const own = `/configurations?organization_id=eq.${idOf("a")}&key=eq.team_size`;
    const change = { method: "PATCH", body: JSON.stringify({ value: 13 }) };
    expect((await request(who("org_admin"), `${own}&version=eq.1`, change)).status).toBe(204);
    expect(await stored("a", "team_size")).toEqual({ value: 13, version: 2 });
    expect((await request(who("org_admin"), own, { method: "DELETE" })).status).toBe(204);
    expect(await resolved("sales_rep", "a", "team_size")).toMatchObject({ value: 5, source: "global", version: null });
  });

  test("what a tenant sets holds below it, until the organization sets its own", async () => {
    expect((await set("tenant admin", "tenant", "invitation_days", 3)).status).toBe(201);
    expect(await resolved("sales_rep", "a", "invitation_days")).toMatchObject({ value: 3, source: "tenant" });
    expect((await set("org_admin", "a", "invitation_days", 9)).status).toBe(201);
    expect(await resolved("sales_rep", "a", "invitation_days")).toEqual({
      value: 9,
      source: "organization",
      inherited_value: 3,
      inherited_source: "tenant",
      version: 1,
    });
    expect(await resolved("foreign rep", "b", "invitation_days")).toMatchObject({ value: 7, source: "global" });
  });

  test.each([
    "sales_rep",
    "data_team",
    "vp",
    "foreign admin",
    "tenant admin",
    "suspended admin",
    "deactivated",
    "outsider",
    "staff",
    "staff with access",
    null,
  ])("%s writes nothing in A", async (label) => {
    await changesNothing(owner.ask, world, async () => {
      expect((await set(label, "a", "working_days", ["mon"])).status).toBe(label === null ? 401 : 403);
      const row = `/configurations?organization_id=eq.${idOf("a")}&key=eq.allowed_domains`;
      const init = { body: JSON.stringify({ value: [] }), headers: { prefer: "return=representation" } };
      for (const method of ["PATCH", "DELETE"]) {
        const answer = await request(who(label), row, {
          method,
          ...(method === "PATCH" ? init : { headers: init.headers }),
        });
        expect(label === null ? answer.status : answer.body).toBe(label === null ? 401 : "[]");
      }
    });
  });

  test("a member of both writes where they are an administrator, and only there", async () => {
    expect((await set("in both", "a", "flag", 1)).status).toBe(400);
    expect((await set("in both", "a", "working_days", ["mon", "tue"])).status).toBe(201);
    await changesNothing(owner.ask, world, async () => {
      expect((await set("in both", "b", "working_days", ["mon"])).status).toBe(403);
      const batch = [
        { organization_id: idOf("a"), category: "team", key: "task_priorities", value: [] },
        { organization_id: idOf("b"), category: "team", key: "team_size", value: 3 },
      ];
      const answer = await request(who("in both"), "/configurations", { method: "POST", body: JSON.stringify(batch) });
      expect([400, 403]).toContain(answer.status);
    });
  });

  test.each(["foreign admin", "tenant admin", "outsider", "suspended admin"])(
    "%s learns nothing of A: it answers like an organization that does not exist",
    async (label) => {
      for (const [name, more] of [
        ["resolved_configuration", {}],
        ["preview_configuration", { category: "team", key: "team_size", value: 3 }],
      ] as const) {
        const ask = async (organization: string) =>
          request(who(label), `/rpc/${name}`, { method: "POST", body: JSON.stringify({ organization, ...more }) });
        const [known, madeUp] = [await ask(idOf("a")), await ask("6f1c3ad0-0000-4000-8000-000000000000")];
        expect([known.status, known.body]).toEqual([403, madeUp.body]);
      }
      const rows = await request(who(label), "/configurations");
      expect(rows.body).not.toContain(world.organizations.a.canary);
    },
  );

  test("nobody changes what is global", async () => {
    for (const label of ["org_admin", "tenant admin", "staff with access"]) {
      const row = "/configuration_definitions?key=eq.team_size";
      const change = { method: "PATCH", body: JSON.stringify({ default_value: 99 }) };
      expect((await request(who(label), row, change)).status).toBe(403);
      expect((await request(who(label), row, { method: "DELETE" })).status).toBe(403);
    }
    expect(await resolved("foreign rep", "b", "team_size")).toMatchObject({ value: 5 });
  });
});

describe("the wire", () => {
  test.each(["id", "version", "updated_by", "created_at", "updated_at"])(
    "%s is not taken from a body",
    async (field) => {
      const value =
        field === "version" ? 7 : field.endsWith("_at") ? "2020-01-01" : "6f1c3ad0-0000-4000-8000-000000000000";
      const body = {
        organization_id: idOf("a"),
        category: "pipeline",
        key: "stale_after_days",
        value: 9,
        [field]: value,
      };
      await changesNothing(owner.ask, world, async () => {
        const init = { method: "POST", body: JSON.stringify(body) };
        expect((await request(who("org_admin"), "/configurations", init)).status).toBe(403);
        expect((await request(who("org_admin"), `/configurations?columns=${field},value`, init)).status).toBe(403);
      });
    },
  );

  test.each(["organization_id", "category", "key", "id", "version", "updated_by"])(
    "%s cannot be changed",
    async (field) => {
      const row = `/configurations?organization_id=eq.${idOf("a")}&key=eq.allowed_domains`;
      const value = field === "organization_id" ? idOf("b") : field === "version" ? 99 : "x";
      await changesNothing(owner.ask, world, async () => {
        const init = { method: "PATCH", body: JSON.stringify({ [field]: value }) };
        expect((await request(who("org_admin"), row, init)).status).toBeGreaterThanOrEqual(400);
      });
    },
  );

  test("a stale version changes nothing, and an upsert is none", async () => {
    const row = `/configurations?organization_id=eq.${idOf("a")}&key=eq.allowed_domains`;
    const headers = { prefer: "return=representation" };
    await changesNothing(owner.ask, world, async () => {
      const stale = { method: "PATCH", headers, body: JSON.stringify({ value: [] }) };
      expect((await request(who("org_admin"), `${row}&version=eq.77`, stale)).body).toBe("[]");
      expect((await request(who("org_admin"), `${row}&version=eq.77`, { method: "DELETE", headers })).body).toBe("[]");
      const body = JSON.stringify({
        organization_id: idOf("a"),
        category: "organization",
        key: "allowed_domains",
        value: [],
      });
      const merge = { method: "POST", headers: { prefer: "resolution=merge-duplicates" }, body };
      expect((await request(who("org_admin"), "/configurations", merge)).status).toBeGreaterThanOrEqual(400);
      expect(
        (await request(who("org_admin"), "/configurations", { method: "PATCH", body: '{"value":[]}' })).status,
      ).toBe(400);
    });
  });

  test("of eight who set the same setting first, one does", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => set("org_admin", "a", "certification_months", index + 1, "partners")),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    expect((await stored("a", "certification_months"))?.version).toBe(1);
  });

  test.each([
    ["a NUL", '"a\\u0000b"'],
    ["half a character", '"a\\ud800b"'],
    ["a megabyte", JSON.stringify("x".repeat(1_000_000))],
    ["no number", "NaN"],
    ["an endless number", "Infinity"],
    ["a control character", '"a\\u0007b"'],
  ])("%s is refused as the client's mistake", async (_what, value) => {
    const body = `{"organization_id":"${idOf("a")}","category":"commission","key":"statement_note","value":${value}}`;
    await changesNothing(owner.ask, world, async () => {
      const answer = await request(who("org_admin"), "/configurations", { method: "POST", body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    });
  });

  test("a bad value names each problem with its place", async () => {
    const weights = [
      { metric: "revenue", weight: 120 },
      { metric: "training", weight: -5 },
    ];
    const answer = await set("org_admin", "a", "health_weights", weights, "partners");
    expect(answer.status).toBe(400);
    const { code, message, details } = JSON.parse(answer.body);
    expect({ code, message }).toEqual({
      code: "PW007",
      message: "Health weights: the numbers add up to 115 and must add up to 100.",
    });
    expect(JSON.parse(details)).toEqual([
      { path: "", message: "Health weights: the numbers add up to 115 and must add up to 100" },
      { path: "/0/weight", message: "Weight of Revenue: must be between 0 and 100" },
      { path: "/1/weight", message: "Weight of Training: must be between 0 and 100" },
    ]);
  });

  test("nothing is entered as a JSON null, where nothing is allowed", async () => {
    expect((await set("org_admin", "a", "quarterly_target", null, "revenue")).status).toBe(201);
    expect(await resolved("vp", "a", "quarterly_target")).toMatchObject({ value: null, source: "organization" });
    expect((await set("org_admin", "a", "base_currency", null, "organization")).status).toBe(400);
  });

  test("functions behind the screens are not there for clients", async () => {
    for (const name of [
      "configuration_value",
      "resolve_configuration",
      "json_schema_problems",
      "configuration_problems",
    ]) {
      const answer = await request(who("org_admin"), `/rpc/${name}`, { method: "POST", body: "{}" });
      expect(answer.status).toBe(404);
    }
  });
});

describe("preview", () => {
  const preview = async (label: string, more: object) => {
    const client = clientOf(who(label));
    const { data, error } = await client.rpc("preview_configuration", { organization: idOf("a"), ...more });
    if (error) throw error;
    return data;
  };

  test("tells whom a domain list concerns, and changes nothing", async () => {
    const told = await changesNothing(owner.ask, world, () =>
      preview("org_admin", { category: "organization", key: "allowed_domains", value: ["elsewhere.test"] }),
    );
    expect(told.problems).toEqual([]);
    expect(told.effects).toEqual([
      expect.objectContaining({ amount: 1, message: expect.stringContaining("1 open invitation goes") }),
      expect.objectContaining({ message: expect.stringContaining("stay members") }),
    ]);
    expect(told.changes).toContainEqual(expect.objectContaining({ kind: "added", after: "elsewhere.test" }));
  });

  test("a tenant is told how many take it over, not who", async () => {
    const client = clientOf(who("tenant admin"));
    const { data } = await client.rpc("preview_configuration", {
      organization: idOf("tenant"),
      category: "team",
      key: "weekly_status",
      value: { day: "thu", time: "15:00", reminder_hours: 24 },
    });
    expect(data.inheriting).toBe(1);
    expect(JSON.stringify(data)).not.toContain(world.organizations.a.canary);
  });

  test.each(["sales_rep", "vp", "staff with access"])("%s, who may not change it, gets none", async (label) => {
    await expect(preview(label, { category: "team", key: "team_size", value: 3 })).rejects.toMatchObject({
      code: "42501",
    });
  });

  test("it is no GET: a link must not run it", async () => {
    const answer = await request(
      who("org_admin"),
      `/rpc/preview_configuration?organization=${idOf("a")}&category=team&key=team_size&value=3`,
    );
    expect(answer.status).toBe(405);
  });
});
