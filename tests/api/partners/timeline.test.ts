// The timeline over HTTP: what is told of a write, and that nobody adds to it, changes it or reads more of it than is theirs.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
const who = (label: string): Persona => persona(world, label);
beforeAll(async () => {
  world = await buildWorld(ask, { permissions: ["activity.read"] });
});
afterAll(() => owner.close());

const newestOf = async (partner: string) => {
  const [event] = await ask<{
    kind: string;
    actor: string;
    actor_name: string;
    organization_id: string;
    is_fresh: boolean;
    source_key: string;
  }>(
    `select kind, actor, actor_name, organization_id, source_key,
       occurred_at = recorded_at and recorded_at > now() - interval '1 minute' as is_fresh
     from public.partner_activity_log where partner_id = $1 order by id desc limit 1`,
    [partner],
  );
  return event;
};

const events = async (partner: string) =>
  Number((await ask("select count(*) from public.partner_activity_log where partner_id = $1", [partner]))[0]?.count);

describe("what is written", () => {
  test("leaves one event that says who and when, whatever the body and the headers say of it", async () => {
    const { a } = world.organizations;
    const manager = who("partnership_manager");
    const forged = {
      actor: "user:somebody",
      occurred_at: "2001-01-01",
      created_at: "2001-01-01",
      updated_at: "2001-01-01",
    };
    for (const [column, value] of Object.entries(forged)) {
      const { status } = await changesNothing(ask, world, () =>
        request(manager, "/partners", {
          method: "POST",
          body: JSON.stringify({ organization_id: a.id, name: "Forged", [column]: value }),
        }),
      );
      expect(status, column).toBeGreaterThanOrEqual(400);
    }
    const made = await request(manager, "/partners?select=id", {
      method: "POST",
      headers: {
        prefer: "return=representation",
        "x-actor": "user:somebody",
        "x-app-job": "nightly",
        "app.job": "nightly",
      },
      body: JSON.stringify({ organization_id: a.id, name: "Made over HTTP" }),
    });
    expect(made.status).toBe(201);
    const [{ id }] = JSON.parse(made.body);
    expect(await events(id)).toBe(1);
    expect(await newestOf(id)).toEqual({
      kind: "partner_created",
      actor: `user:${manager.id}`,
      actor_name: manager.name,
      organization_id: a.id,
      is_fresh: true,
      source_key: `partners:${id}:1:partner_created`,
    });
  });

  test("leaves none when it fails, and one however often it is sent again", async () => {
    const { a } = world.organizations;
    const manager = clientOf(who("partnership_manager"));
    const change = (status: string) =>
      manager.from("partners").update({ tier: "gold", status }).eq("organization_id", a.id).eq("id", a.partner);
    const before = await events(a.partner);
    expect((await change("no such status")).error).not.toBeNull();
    expect(await events(a.partner)).toBe(before);
    const [row] = await ask<{ status: string }>("select status from public.partners where id = $1", [a.partner]);
    for (let again = 0; again < 3; again++) expect((await change(row?.status ?? "")).error).toBeNull();
    expect(await events(a.partner)).toBe(before + 1);
    expect((await newestOf(a.partner))?.kind).toBe("tier_changed");
  });
});

describe("what is told", () => {
  const row = (organization: string) => ({
    organization_id: organization,
    partner_id: randomUUID(),
    kind: "status_changed",
    occurred_at: "2020-01-01",
    actor: "user:somebody",
    subject_table: "partners",
    subject_id: randomUUID(),
    is_visible_to_partner: true,
    source_key: `partners:${randomUUID()}:1:status_changed`,
  });

  test.each(["org_admin", "data_team", "foreign admin", "staff with access", "outsider"])(
    "is read, forged, changed and taken away past its functions by nobody: %s",
    async (label) => {
      const { a } = world.organizations;
      const table = "/partner_activity_log";
      const one = `${table}?organization_id=eq.${a.id}`;
      await changesNothing(ask, world, async () => {
        for (const [path, init] of [
          [one, {}],
          [table, { method: "POST", body: JSON.stringify(row(a.id)) }],
          [
            table,
            { method: "POST", body: JSON.stringify(row(a.id)), headers: { prefer: "resolution=merge-duplicates" } },
          ],
          [one, { method: "PATCH", body: JSON.stringify({ occurred_at: "2020-01-01" }) }],
          [one, { method: "DELETE" }],
        ] as const) {
          const { status, body } = await request(who(label), path, init);
          expect(status, `${label} ${JSON.stringify(init)}`).toBe(403);
          expect(JSON.parse(body).code).toBe("42501");
        }
      });
    },
  );

  test("is not for whoever has not signed in", async () => {
    const { a } = world.organizations;
    for (const name of ["partner_timeline", "timeline_facets"]) {
      const { status } = await request(null, `/rpc/${name}`, {
        method: "POST",
        body: JSON.stringify({ organization: a.id }),
      });
      expect(status, name).toBe(401);
    }
    expect((await request(null, "/partner_activity_log")).status).toBe(401);
  });

  test("of another organization is refused like that of none, and its partner is like nobody's", async () => {
    const { a, b } = world.organizations;
    const reader = clientOf(who("only activity.read"));
    for (const name of ["partner_timeline", "timeline_facets"]) {
      const answers = await Promise.all(
        [b.id, world.organizations.suspended.id, randomUUID()].map(async (organization) => {
          const { error } = await reader.rpc(name, { organization });
          return { code: error?.code, message: error?.message };
        }),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, name).toBe(1);
      expect(answers[0]?.code).toBe("42501");
    }
    for (const partner of [b.partner, randomUUID()]) {
      const { data, error } = await reader.rpc("partner_timeline", { organization: a.id, partner });
      expect({ data, error }).toEqual({ data: [], error: null });
    }
    // The rightful reader, for comparison.
    const { data } = await clientOf(who("foreign admin"))
      .rpc("partner_timeline", { organization: b.id, partner: b.partner })
      .throwOnError();
    expect(data.length).toBeGreaterThan(0);
    expect(JSON.stringify(data)).not.toContain(a.canary);
  });

  test("is read by whoever may read activity, without what they may not read elsewhere", async () => {
    const { a } = world.organizations;
    const kinds = async (label: string) => {
      const { data } = await clientOf(who(label))
        .rpc("partner_timeline", { organization: a.id, page_size: 200 })
        .throwOnError();
      return new Set(data.map(({ kind }: { kind: string }) => kind));
    };
    expect(await kinds("vp")).toContain("partner_created");
    // Activity alone: no partner, deal, task or document is told of.
    expect([...(await kinds("only activity.read"))].filter((kind) => kind !== "interaction_logged")).toEqual([]);
    const { error } = await clientOf(who("all but activity.read")).rpc("partner_timeline", { organization: a.id });
    expect(error?.code).toBe("42501");
  });
});
