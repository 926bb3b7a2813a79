// Every exposed function, as the catalogue lists them: who has not signed in, ids of others, reading methods, and what is said of them.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { functions, relations } from "../../support/access-matrix.ts";
import { changesNothing } from "../../support/attack.ts";
import { exposedFunctions, exposedRelations } from "../../support/catalogue.ts";
import { clientOf, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";
import { prepareTargets, type Targets } from "../../support/targets.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let admin: Persona;
let own: Targets;
let foreign: Targets;
beforeAll(async () => {
  world = await buildWorld(ask);
  admin = persona(world, "org_admin");
  own = await prepareTargets(ask, world.organizations.a);
  foreign = await prepareTargets(ask, world.organizations.b);
});
afterAll(() => owner.close());

const names = Object.entries(functions);

describe.each(names)("%s", (name, line) => {
  test("is refused to who has not signed in", async () => {
    const { error, status, data } = await changesNothing(ask, world, async () =>
      clientOf(null).rpc(name, line.args(own)),
    );
    expect({ code: error?.code, status, data }).toEqual({ code: "42501", status: 401, data: null });
  });

  test("answers a foreign id like a random one, and takes neither", async () => {
    const [rightful, theirs] = [line.args(own), line.args(foreign)];
    const routine = (await exposedFunctions(ask)).find((each) => each.name === name);
    for (const { name: argument, type } of routine?.arguments ?? []) {
      if (type !== "uuid" || !(argument in rightful) || theirs[argument] === foreign.unknown) continue;
      const answers = [];
      for (const id of [theirs[argument], randomUUID()]) {
        const { status, body, headers } = await changesNothing(ask, world, () =>
          request(admin, `/rpc/${name}`, { method: "POST", body: JSON.stringify({ ...rightful, [argument]: id }) }),
        );
        // What only reads may take an id for a filter that nothing passes.
        const isFilter = routine?.isVolatile === false && argument !== "organization";
        if (!isFilter) expect(status, `${argument}: ${body}`).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        answers.push({ status, body: body.replaceAll(String(id), "…"), type: headers.get("content-type") });
      }
      expect(answers[0], argument).toEqual(answers[1]);
    }
  });
});

test("a function that changes something cannot be called by a link", async () => {
  for (const { name, isVolatile } of await exposedFunctions(ask)) {
    const args = functions[name]?.args(own) ?? {};
    const query = Object.entries(args).flatMap(([key, value]) =>
      value === null
        ? []
        : [`${key}=${encodeURIComponent(typeof value === "object" ? JSON.stringify(value) : String(value))}`],
    );
    if (!isVolatile) continue;
    for (const method of ["GET", "HEAD"]) {
      const { status } = await changesNothing(ask, world, () =>
        request(admin, `/rpc/${name}?${query.join("&")}`, { method }),
      );
      expect(status, `${method} ${name}`).toBeGreaterThanOrEqual(400);
      expect(status, `${method} ${name}`).toBeLessThan(500);
    }
  }
});

test("trigger functions, jobs and helpers are not functions of the API", async () => {
  const [inner] = await ask<{ names: string[] }>(
    `select array_agg(distinct p.proname::text) as names from pg_proc as p
     where p.pronamespace <> 'public'::regnamespace and p.pronamespace::regnamespace::text in ('private', 'gate', 'auth', 'extensions')
       and not exists (select from pg_proc as o where o.pronamespace = 'public'::regnamespace and o.proname = p.proname)`,
  );
  expect(inner?.names.length).toBeGreaterThan(50);
  for (const name of inner?.names ?? []) {
    const { status } = await request(admin, `/rpc/${name}`, { method: "POST", body: "{}" });
    expect(status, name).toBe(404);
  }
});

describe("the description of the API", () => {
  const described = async (who: Persona | null) => {
    const { body, status } = await request(who, "/", { headers: { accept: "application/openapi+json" } });
    return status === 200 ? JSON.parse(body) : { paths: {}, definitions: {} };
  };

  test("names what is exposed and nothing else", async () => {
    const { paths, definitions } = await described(admin);
    const exposed = [
      ...(await exposedRelations(ask)).map(({ name }) => `/${name}`),
      ...(await exposedFunctions(ask)).map(({ name }) => `/rpc/${name}`),
    ];
    expect(Object.keys(paths).filter((path) => path !== "/" && !exposed.includes(path))).toEqual([]);
    expect(Object.keys(definitions).filter((name) => !relations[name])).toEqual([]);
  });

  test("names no private object, in no word of it", async () => {
    const text = JSON.stringify(await described(admin));
    const [inner] = await ask<{ names: string[] }>(
      `select array_agg(distinct name::text) as names from (
         select relname as name from pg_class where relnamespace = 'private'::regnamespace and relkind in ('r', 'v')
         union select 'private.' || proname from pg_proc where pronamespace = 'private'::regnamespace
       ) as inner_names where name ~ '_' `,
    );
    expect(
      inner?.names.filter(
        (name) =>
          text.includes(`"${name}"`) ||
          text.includes(`/${name}"`) ||
          (name.startsWith("private.") && text.includes(name)),
      ),
    ).toEqual([]);
  });

  test("tells who has not signed in of no table and no function", async () => {
    const { paths, definitions } = await described(null);
    expect(Object.keys(paths).filter((path) => path !== "/")).toEqual([]);
    expect(Object.keys(definitions ?? {})).toEqual([]);
  });
});

test("a hint never names what the caller cannot reach", async () => {
  for (const path of ["/membershps?select=id", "/platform_acces?select=id", "/rpc/invite_membr", "/rpc/record_denid"]) {
    const { status, body } = await request(
      persona(world, "outsider"),
      path,
      path.startsWith("/rpc") ? { method: "POST", body: "{}" } : {},
    );
    expect(status, body).toBe(404);
    expect(body).not.toMatch(/private|platform_access|record_denied/);
  }
});

test("what takes longer than 8 seconds is ended, whoever asks", async () => {
  const [limit] = await ask<{ setting: string }>(
    `select setting from pg_roles, unnest(rolconfig) as setting
     where rolname = 'authenticator' and setting like 'statement_timeout=%'`,
  );
  expect(limit?.setting).toBe("statement_timeout=8s");
});

test("every path of the API needs a key", async () => {
  for (const path of ["/organizations", "/rpc/my_organizations", "/"]) {
    const answer = await fetch(`${stack().apiUrl}/rest/v1${path}`);
    expect(answer.status).toBe(401);
  }
});
