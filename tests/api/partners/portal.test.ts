// The portal over HTTP, as an attacker would use it: somebody of a partner who is let in, was, is not yet, is of another partner or
// of another organization; colleagues; and strangers.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { functions } from "../../support/access-matrix.ts";
import { changesNothing } from "../../support/attack.ts";
import { exposedRelations } from "../../support/catalogue.ts";
import { clientOf, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { portalFunctions } from "../../support/portal-access.ts";
import { prepareTargets, type Targets } from "../../support/targets.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let targets: Targets;
let guest: Persona;
const behindTheDoor = Object.keys(portalFunctions).filter((name) => portalFunctions[name]?.allowed === "portal");

beforeAll(async () => {
  world = await buildWorld(ask);
  guest = persona(world, "partner user");
});
beforeEach(async () => {
  targets = await prepareTargets(ask, world.organizations.a);
});
afterAll(() => owner.close());

const inPortal = (name: string, args: Record<string, unknown> = {}, who: Persona | null = guest) =>
  clientOf(who).rpc(name, { partner: world.organizations.a.partner, ...args });

describe("the door", () => {
  const strangers = [
    "outsider",
    "removed partner user",
    "user of another partner",
    "foreign partner user",
    "partner user of a suspended organization",
    "org_admin",
    "sales_rep",
    "deactivated",
    "foreign admin",
    "tenant admin",
    "staff",
    "staff with access",
  ];

  test.each(strangers)("is closed to %s, whatever they ask for and whatever the id stands for", async (label) => {
    const who = persona(world, label);
    const places = Object.values(world.organizations).map(({ partner }) => partner);
    const own = await ask<{ partner_id: string }>(
      "select partner_id from public.partner_members where user_id = $1 and status = 'active'",
      [who.id],
    );
    const foreign = places.filter(
      (id) => label === "partner user of a suspended organization" || own.every(({ partner_id }) => partner_id !== id),
    );
    const answers = await changesNothing(ask, world, async () => {
      const all = [];
      for (const name of behindTheDoor)
        for (const partner of [...foreign, randomUUID(), null]) {
          const { error, status, data } = await inPortal(name, { ...functions[name]?.args(targets), partner }, who);
          all.push(JSON.stringify({ error, status, data }));
        }
      return all;
    });
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0] ?? "")).toMatchObject({ error: { code: "42501" }, status: 403, data: null });
  });

  test("is closed to whoever has not signed in", async () => {
    await changesNothing(ask, world, async () => {
      for (const name of Object.keys(portalFunctions)) {
        const { status, error } = await clientOf(null).rpc(name, portalFunctions[name]?.args(targets));
        expect({ name, status, code: error?.code }).toEqual({ name, status: 401, code: "42501" });
      }
    });
  });

  test("opens to whoever signs in with the invited address, once they ask, and closes with the next request", async () => {
    const { id, partner } = world.organizations.a;
    const newcomer = persona(world, "outsider");
    const admin = clientOf(persona(world, "partnership_manager"));
    const { data: invited } = await admin
      .rpc("invite_partner_member", { organization: id, partner, address: newcomer.email, name: "New Comer" })
      .throwOnError();
    expect((await inPortal("portal_partner", {}, newcomer)).error?.code).toBe("42501");
    const calls = await Promise.all(Array.from({ length: 8 }, () => clientOf(newcomer).rpc("portal_context")));
    for (const { data } of calls) expect(data).toMatchObject([{ partner_id: partner, member_name: "New Comer" }]);
    const joined = await ask(
      "select from public.partner_activity_log where subject_id = $1 and kind = 'portal_user_joined'",
      [invited.id],
    );
    expect(joined).toHaveLength(1);
    expect((await inPortal("portal_partner", {}, newcomer)).error).toBeNull();

    await admin.rpc("remove_partner_member", { organization: id, member: invited.id }).throwOnError();
    for (const name of behindTheDoor)
      expect((await inPortal(name, functions[name]?.args(targets), newcomer)).error?.code, name).toBe("42501");
    expect((await clientOf(newcomer).rpc("portal_context")).data).toEqual([]);
  });

  test("shows guests that they belong to no organization", async () => {
    expect((await clientOf(guest).rpc("my_organizations")).data).toEqual([]);
    const { data } = await clientOf(guest).rpc("portal_context");
    expect(data).toMatchObject([{ partner_id: world.organizations.a.partner, member_name: guest.name }]);
  });
});

describe("tables", () => {
  test.each(["partner user", "user of another partner", "removed partner user", "foreign partner user"])(
    "show %s nothing, embedded or alone, and take nothing from them",
    async (label) => {
      const who = persona(world, label);
      await changesNothing(ask, world, async () => {
        for (const { name, columns } of await exposedRelations(ask)) {
          if (name === "profiles") continue;
          const { data, error, count } = await clientOf(who).from(name).select("*", { count: "exact" });
          expect(error === null ? [data?.length, count] : error.code, name).toEqual(error === null ? [0, 0] : "42501");
          for (const [method, body] of [
            ["POST", { organization_id: world.organizations.a.id, partner_id: world.organizations.a.partner }],
            ["PATCH", { status: "active" }],
            ["DELETE", undefined],
          ] as const) {
            const { status, body: answer } = await request(who, `/${name}?${columns[0]}=not.is.null`, {
              method,
              headers: { prefer: "return=representation" },
              ...(body && { body: JSON.stringify(body) }),
            });
            expect(status >= 400 || answer === "[]", `${method} ${name}: ${status} ${answer}`).toBe(true);
          }
        }
      });
      const { data } = await clientOf(who).from("profiles").select("user_id, organizations(*), memberships(*)");
      expect(JSON.stringify(data ?? [])).not.toContain("canary");
    },
  );
});

describe("what a guest is told", () => {
  test("holds nothing of another partner, of colleagues' addresses, or that is internal", async () => {
    const { a } = world.organizations;
    const other = targets.partner.id;
    await ask(
      "update public.partners set notes = 'kept-inside', agreement_terms = 'kept-inside', tags = '{strategic}' where id = $1",
      [a.partner],
    );
    await ask("update public.partners set name = 'other-partner' where id = $1", [other]);
    await ask(
      `insert into public.partner_referrals (organization_id, partner_id, client_name, notes) values ($1, $2, 'other-client', 'other-note'), ($1, $3, 'own-client', 'kept-inside')`,
      [a.id, other, a.partner],
    );
    await ask(
      `insert into public.partner_tasks (organization_id, partner_id, title, is_shared) values ($1, $2, 'other-task', true), ($1, $3, 'kept-inside', false)`,
      [a.id, other, a.partner],
    );
    let told = JSON.stringify((await clientOf(guest).rpc("portal_context")).data);
    for (const name of behindTheDoor.filter((each) => !/submit|request|answer|add|finish/.test(each)))
      told += JSON.stringify((await inPortal(name, { page_size: undefined }).throwOnError()).data);
    expect(told).toContain("own-client");
    expect(told).not.toMatch(/other-|kept-inside|strategic|health|custom_fields|commission|@world\.test/);
    for (const id of [other, ...Object.values(world.personas).map((who) => who.id)]) expect(told).not.toContain(id);
  });

  test("is no longer than a page, and cannot be widened, sorted or filtered by what is not in it", async () => {
    const { a } = world.organizations;
    await ask(
      "insert into public.partner_referrals (organization_id, partner_id, client_name) select $1, $2, 'Many ' || n from generate_series(1, 220) as n",
      [a.id, a.partner],
    );
    expect((await inPortal("portal_referrals", { page_size: 100_000 })).data).toHaveLength(200);
    const body = JSON.stringify({ partner: a.partner });
    for (const query of ["select=notes", "order=notes", "notes=eq.x", "select=*,partners(*)", "owner_id=not.is.null"]) {
      const { status, body: answer } = await request(guest, `/rpc/portal_referrals?${query}`, { method: "POST", body });
      expect(status, query).toBeGreaterThanOrEqual(400);
      expect(status, query).toBeLessThan(500);
      expect(answer).not.toContain("Many");
    }
    await ask("delete from public.partner_referrals where client_name like 'Many %'");
  });
});

describe("what a guest sends", () => {
  test("holds no column but those that are offered", async () => {
    await changesNothing(ask, world, async () => {
      for (const extra of [
        "status",
        "owner_id",
        "opportunity_id",
        "source",
        "organization",
        "organization_id",
        "id",
        "outcome",
        "submitted_by",
      ]) {
        const { error } = await inPortal("portal_submit_referral", { client_name: "Mine", [extra]: randomUUID() });
        expect(error?.code, extra).toBe("PGRST202");
      }
    });
  });

  test("is not sent by a link", async () => {
    await changesNothing(ask, world, async () => {
      for (const name of [
        ...behindTheDoor.filter((each) => /submit|request|answer|add|finish/.test(each)),
        "portal_context",
      ]) {
        const query = new URLSearchParams({ partner: world.organizations.a.partner, client_name: "By link" });
        const { status } = await request(guest, `/rpc/${name}?${name === "portal_context" ? "" : query}`);
        expect(status, name).toBeGreaterThanOrEqual(400);
      }
    });
  });

  test("moves nothing on: not a referral, not a task that is not theirs, not their own standing", async () => {
    const { id, partner } = world.organizations.a;
    await changesNothing(ask, world, async () => {
      for (const [name, args] of [
        ["advance_referral", { organization: id, referral: targets.portal.referral, status: "won", seen_version: 1 }],
        [
          "decide_deal_registration",
          { organization: id, registration: randomUUID(), approve: true, reason: "Mine", seen_version: 1 },
        ],
        ["archive_partners", { organization: id, partners: [partner], archive: true }],
        ["bulk_update_partners", { organization: id, partners: [partner], changes: { tier: "platinum" } }],
        ["invite_partner_member", { organization: id, partner, address: "friend@world.test", name: "Friend" }],
        ["remove_partner_member", { organization: id, member: targets.partnerMember.id }],
        ["invite_member", { organization: id, address: "friend@world.test", role: world.organizations.a.roles.vp }],
        ["resolved_configuration", { organization: id }],
        ["partner_timeline", { organization: id }],
      ] as const) {
        const { error } = await clientOf(guest).rpc(name, args);
        expect(["42501", "PW053"], name).toContain(error?.code);
      }
    });
  });

  test.each([
    ["javascript:", { client_website: "javascript:alert(1)" }],
    ["data:", { client_website: "data:text/html,x" }],
    ["a link with a tab", { client_website: "java\tscript:alert(1)" }],
    ["an address that is none", { client_email: "a@b" }],
    ["lines in a name", { client_name: "one\ntwo" }],
    ["direction marks", { client_name: "evil\u202Egnp" }],
    ["more words than fit", { message: "x".repeat(1_000_000) }],
    ["NaN", { estimated_value: "NaN", currency: "EUR" }],
    ["infinity", { estimated_value: "Infinity", currency: "EUR" }],
    ["half a yen", { estimated_value: 0.5, currency: "JPY" }],
    ["a currency that is none", { estimated_value: 1, currency: "XXQ" }],
  ])("is refused with %s, beside the field and without a word of the row", async (_what, entry) => {
    const { error, status } = await changesNothing(ask, world, async () =>
      inPortal("portal_submit_referral", { client_name: "Mine", ...entry }),
    );
    const told = JSON.stringify(error);
    expect({ status, code: error?.code }).toEqual({ status: 400, code: "PW075" });
    expect(JSON.parse(error?.details ?? "")).toMatchObject([{ path: expect.any(String), message: expect.any(String) }]);
    expect(told).not.toContain(world.organizations.a.id);
  });

  test("is refused with what is no text, and kept as the text that it is", async () => {
    for (const raw of ['"a\\u0000b"', '"\\ud800"']) {
      const { status } = await request(guest, "/rpc/portal_submit_referral", {
        method: "POST",
        body: `{"partner": "${world.organizations.a.partner}", "client_name": ${raw}}`,
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    const name = `<img src=x onerror=alert(1)> '; drop table x; --`;
    const { data } = await inPortal("portal_submit_referral", { client_name: name }).throwOnError();
    expect(await ask("select client_name from public.partner_referrals where id = $1", [data.id])).toEqual([
      { client_name: name },
    ]);
  });

  test("ten times at once with one key is one referral", async () => {
    const client_key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => inPortal("portal_submit_referral", { client_name: "Once", client_key })),
    );
    expect(answers.map(({ error }) => error)).toEqual(Array(10).fill(null));
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    expect(await ask("select from public.partner_referrals where client_name = 'Once'")).toHaveLength(1);
  });

  test("is taken sixty times in an hour, however many come at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, n) => inPortal("portal_submit_referral", { client_name: `Flood ${n}` })),
    );
    expect(answers.filter(({ error }) => error === null)).toHaveLength(60);
    expect(answers.filter(({ error }) => error?.code === "PW074")).toHaveLength(10);
    expect(await ask("select from public.partner_referrals where client_name like 'Flood %'")).toHaveLength(60);
  });
});

test("whether a deal is free or another's, a guest gets one answer, in the same time", async () => {
  const { a } = world.organizations;
  const [theirs] = await ask<{ id: string }>(
    "insert into public.partner_referrals (organization_id, partner_id, client_name) values ($1, $2, 'Taken') returning id",
    [a.id, targets.partner.id],
  );
  await ask(
    `insert into public.deal_registrations (
       organization_id, partner_id, referral_id, account_domain, account_name, product, status, protected, decided_at
     )
     select $1, $2, $3, 'taken-' || n || '.example', 'Taken', 'platform', 'registered', tstzrange(now(), now() + interval '1 year'), now()
     from generate_series(1, 20) as n`,
    [a.id, targets.partner.id, theirs?.id],
  );
  const times: Record<string, number[]> = { free: [], taken: [] };
  for (let n = 1; n <= 20; n++)
    for (const kind of n % 2 ? ["free", "taken"] : ["taken", "free"]) {
      const begun = performance.now();
      const { data } = await inPortal("portal_request_registration", {
        referral: targets.portal.referral,
        product: "platform",
        account: `${kind}-${n}.example`,
      }).throwOnError();
      times[kind]?.push(performance.now() - begun);
      expect(data).toEqual({ id: expect.any(String), status: "under_review" });
    }
  const median = (kind: string) => times[kind]?.toSorted((left, right) => left - right)[10] ?? 0;
  expect(median("taken") / median("free")).toBeGreaterThan(0.5);
  expect(median("taken") / median("free")).toBeLessThan(2);
  const list = (await inPortal("portal_registrations").throwOnError()).data;
  const asked = list.filter(({ referral_id }: { referral_id: string }) => referral_id === targets.portal.referral);
  expect(new Set(asked.map(({ status }: { status: string }) => status))).toEqual(new Set(["under_review"]));
  expect(asked).toHaveLength(40);
});

test("a guest's answer to a task stands under their own name, and completes it once", async () => {
  const { task } = targets.portal;
  const client_key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      inPortal("portal_answer_task", { task, comment: "Sent today.", complete: true, client_key }),
    ),
  );
  for (const { data, error } of answers)
    expect({ data, error }).toEqual({ data: { id: task, status: "completed" }, error: null });
  const { data } = await inPortal("portal_tasks").throwOnError();
  const found = data.find(({ id }: { id: string }) => id === task);
  expect(found).toMatchObject({
    status: "completed",
    comments: [{ body: "Sent today.", is_mine: true, is_from_partner: true, author_name: guest.name }],
  });
  const events = await ask(
    "select actor, is_visible_to_partner from public.partner_activity_log where subject_id = $1 and kind = 'task_completed'",
    [task],
  );
  expect(events).toEqual([{ actor: `user:${guest.id}`, is_visible_to_partner: true }]);
});
