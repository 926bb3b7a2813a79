// Text that would like to be SQL, a filter or a name: it is taken as text or refused, and no answer tells what happens inside.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { functions, relations } from "../../support/access-matrix.ts";
import { changesNothing } from "../../support/attack.ts";
import { exposedFunctions } from "../../support/catalogue.ts";
import { clientOf, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { prepareTargets, type Targets } from "../../support/targets.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let admin: Persona;
let targets: Targets;
beforeAll(async () => {
  world = await buildWorld(ask);
  admin = persona(world, "org_admin");
  targets = await prepareTargets(ask, world.organizations.a);
});
afterAll(() => owner.close());

const innerWords =
  /\bat \S+:\d+|node_modules|stack trace|PL\/pgSQL|SQL statement|\bselect .* from\b|private\.\w+|pg_catalog|security definer/i;
const foreignCanary = () => new RegExp(`canary-(b|tenant|suspended|below)-${world.suffix}`);

const spells = [
  "a,or(id.gt.0)",
  "a),or=(id.not.is.null",
  "*",
  "%",
  "') or true --",
  "'; drop table public.organizations; --",
  "a\\' or 1=1",
  "$1",
  "{{constructor}}",
  "null",
  'a","b',
  "x&select=*&organization_id=neq.0",
];

describe.each(Object.keys(relations))("filters and orders of %s", (name) => {
  test("widen nothing, whatever is written into them", async () => {
    const line = relations[name];
    const column = line?.organization ?? line?.person ?? "key";
    const text =
      name === "configurations" || name === "configuration_definitions" || name === "permissions" ? "key" : "email";
    const columns = line?.selectColumns?.join(",") ?? "*";
    await changesNothing(ask, world, async () => {
      for (const spell of spells) {
        const written = encodeURIComponent(spell);
        for (const query of [
          `${column}=eq.${written}`,
          `${text}=ilike.${written}`,
          `or=(${text}.eq.${written},${column}.eq.x)`,
          `order=${written}`,
          `select=${written}`,
          `${written}=eq.1`,
          `limit=${written}`,
          `and=(${column}.not.is.null,or(${column}.neq.${world.organizations.a.id},${text}.eq.${written}))`,
        ]) {
          const { status, body } = await request(
            admin,
            `/${name}?${query.startsWith("select") ? "" : `select=${columns}&`}${query}`,
          );
          expect(status, `${query}: ${body}`).toBeLessThan(500);
          expect(body).not.toMatch(foreignCanary());
          if (status >= 400) expect(body).not.toMatch(/node_modules|\.ts:\d+|private\.\w+/);
        }
      }
    });
  });
});

const bodies: [what: string, text: string][] = [
  ["a NUL", "a\u0000b"],
  ["a lone surrogate", "a\ud800b"],
  ["a megabyte", "x".repeat(1_000_000)],
  ["a megabyte of quotes", "'".repeat(1_000_000)],
];

describe.each(bodies)("%s", (_what, text) => {
  // JSON.stringify writes a lone surrogate and NUL as escapes, which is how they would arrive.
  test("in an argument of any function is refused as the caller's mistake", async () => {
    await changesNothing(ask, world, async () => {
      for (const { name, arguments: declared, isVolatile } of await exposedFunctions(ask)) {
        if (functions[name]?.allowed === "nobody") continue;
        const who = functions[name]?.allowed === "portal" ? persona(world, "partner user") : admin;
        const args = functions[name]?.args(targets) ?? {};
        for (const argument of declared) {
          if (argument.type !== "text") continue;
          const { status, body } = await request(who, `/rpc/${name}`, {
            method: "POST",
            body: JSON.stringify({ ...args, [argument.name]: text }),
          });
          // What only reads, or shows what would be, looks for what the text names, and there is nothing of that name.
          const isHarmless = !isVolatile || name === "preview_configuration";
          expect(
            status < 500 && (status >= 400 || isHarmless),
            `${name}(${argument.name}): ${status} ${body.slice(0, 300)}`,
          ).toBe(true);
          expect(body.slice(0, 2000)).not.toMatch(innerWords);
        }
      }
    });
  });

  test("in a column or a path is refused as the caller's mistake", async () => {
    await changesNothing(ask, world, async () => {
      for (const [path, change] of [
        [`/organizations?id=eq.${world.organizations.a.id}`, { name: text }],
        [`/organizations?id=eq.${world.organizations.a.id}`, { settings: { note: text } }],
        [`/profiles?user_id=eq.${admin.id}`, { display_name: text }],
        [`/profiles?user_id=eq.${admin.id}`, { time_zone: text }],
        [`/profiles?user_id=eq.${admin.id}`, { notification_preferences: { note: text } }],
        [`/configurations?organization_id=eq.${world.organizations.a.id}`, { value: [text] }],
      ] as const) {
        const { status, body } = await request(admin, path, { method: "PATCH", body: JSON.stringify(change) });
        expect(status, `${Object.keys(change)}: ${body.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
        expect(status, `${Object.keys(change)}: ${body.slice(0, 300)}`).toBeLessThan(500);
        expect(body.slice(0, 2000)).not.toMatch(innerWords);
      }
    });
  });
});

test("no refusal of any function tells what happens inside", { timeout: 120_000 }, async () => {
  for (const { name, arguments: declared } of await exposedFunctions(ask)) {
    if (functions[name]?.allowed === "nobody") continue;
    const args = functions[name]?.args(targets) ?? {};
    for (const { name: argument } of declared)
      for (const value of [null, "", "x", -1, 1e300, {}, [], "9".repeat(40)]) {
        const { status, body } = await request(persona(world, "vp"), `/rpc/${name}`, {
          method: "POST",
          body: JSON.stringify({ ...args, [argument]: value }),
        });
        expect(status, `${name}(${argument} = ${JSON.stringify(value)}): ${body}`).toBeLessThan(500);
        if (status >= 400) expect(body, `${name}(${argument} = ${JSON.stringify(value)})`).not.toMatch(innerWords);
      }
  }
});

test("HTML and formulas in names are text, and stay as they were written", async () => {
  for (const text of ["<script>alert(1)</script>", "=1+1", "@SUM(A1)", "javascript:alert(1)", "Ünïcödé ☃ 名前"]) {
    const { data, error } = await clientOf(admin)
      .from("profiles")
      .update({ display_name: text })
      .eq("user_id", admin.id)
      .select("display_name");
    expect(error).toBeNull();
    expect(data).toEqual([{ display_name: text }]);
    const { headers } = await request(admin, "/memberships?select=display_name");
    expect(headers.get("content-type")).toContain("application/json");
  }
});
