// Registered deals over HTTP, as many people at once as there are: one gets it, the others hear who has it.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const AT_ONCE = 50;

const owner = openOwner();
const { ask } = owner;
let world: World;
let manager: Persona;
let round = 0;
beforeAll(async () => {
  world = await buildWorld(ask);
  manager = persona(world, "partnership_manager");
});
afterAll(() => owner.close());
beforeEach(() => {
  round++;
});

/** Referrals of as many partners, all of one client. */
async function referrals(count: number): Promise<string[]> {
  const rows = await ask<{ id: string }>(
    `with partner as (
       insert into public.partners (organization_id, name) select $1, 'Round ' || $2 || ', partner ' || n from generate_series(1, $3::integer) as n
       returning id
     )
     insert into public.partner_referrals (organization_id, partner_id, client_name, client_website)
     select $1, id, 'Everybody''s client', 'https://round-' || $2 || '.example' from partner returning id`,
    [world.organizations.a.id, String(round), count],
  );
  return rows.map(({ id }) => id);
}

async function request(referral: string, who = manager, product = "platform"): Promise<string> {
  const { data } = await clientOf(who)
    .rpc("request_deal_registration", { organization: world.organizations.a.id, referral, product })
    .throwOnError();
  return data.id;
}

const approve = (registration: string, who = manager) =>
  clientOf(who).rpc("decide_deal_registration", {
    organization: world.organizations.a.id,
    registration,
    approve: true,
    seen_version: 1,
  });

const held = () =>
  ask<{ id: string }>(
    "select id from public.deal_registrations where organization_id = $1 and account_domain = $2 and status = 'registered'",
    [world.organizations.a.id, `round-${round}.example`],
  );

const counted = (answers: { error: { code: string } | null }[]) =>
  Object.entries(Object.groupBy(answers, ({ error }) => error?.code ?? "registered")).map(
    ([outcome, group]) => [outcome, group?.length] as const,
  );

test(`of ${AT_ONCE} partners' requests for one client that are approved at once, one is registered`, async () => {
  const registrations = await Promise.all((await referrals(AT_ONCE)).map((referral) => request(referral)));
  const answers = await Promise.all(registrations.map((registration) => approve(registration)));
  expect(new Map(counted(answers))).toEqual(
    new Map<string, number>([
      ["registered", 1],
      ["PW054", AT_ONCE - 1],
    ]),
  );
  const [winner] = await held();
  expect(await held()).toHaveLength(1);
  const [told] = await ask<{ name: string; until: string }>(
    "select p.name, d.protected_until as until from public.deal_registrations as d join public.partners as p on p.id = d.partner_id where d.id = $1",
    [winner?.id],
  );
  for (const { error } of answers.filter((answer) => answer.error)) {
    expect(error?.message).toContain(`round-${round}.example is registered for ${told?.name} until `);
    expect(JSON.parse(error?.details ?? "{}")).toMatchObject({ registration_id: winner?.id, partner_name: told?.name });
  }

  // Its time ends: the next one is registered, and again only one.
  await ask(
    "update public.deal_registrations set protected = tstzrange(now() - interval '90 days', now() - interval '1 second') where id = $1",
    [winner?.id],
  );
  const waiting = registrations.filter((registration) => registration !== winner?.id);
  const next = await Promise.all(waiting.map((registration) => approve(registration)));
  expect(new Map(counted(next)).get("registered")).toBe(1);
  await ask("select private.expire_deal_registrations()");
  expect(await held()).toHaveLength(1);
  const expired = await ask(
    "select from public.partner_activity_log where subject_id = $1 and kind = 'deal_expired' and actor = 'system:expire-deal-registrations'",
    [winner?.id],
  );
  expect(expired).toHaveLength(1);
});

test(`of ${AT_ONCE} approvals of one request at once, one counts`, async () => {
  const [referral = ""] = await referrals(1);
  const registration = await request(referral);
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => approve(registration)));
  expect(new Map(counted(answers))).toEqual(
    new Map<string, number>([
      ["registered", 1],
      ["PW056", AT_ONCE - 1],
    ]),
  );
  const told = await ask("select from public.partner_activity_log where subject_id = $1 and kind = 'deal_registered'", [
    registration,
  ]);
  expect(told).toHaveLength(1);
});

test(`a request that is sent ${AT_ONCE} times at once is one`, async () => {
  const [referral = ""] = await referrals(1);
  const ids = await Promise.all(Array.from({ length: AT_ONCE }, () => request(referral)));
  expect(new Set(ids).size).toBe(1);
});

test("approving, withdrawing and expiring at once end in one of their orders, without a deadlock", async () => {
  const registrations = await Promise.all((await referrals(10)).map((referral) => request(referral)));
  const withdraw = (registration: string, seen_version: number) =>
    clientOf(manager).rpc("withdraw_deal_registration", {
      organization: world.organizations.a.id,
      registration,
      seen_version,
    });
  const answers = await Promise.all(
    registrations.flatMap((registration) => [
      approve(registration),
      withdraw(registration, 1),
      withdraw(registration, 2),
      ask("select private.expire_deal_registrations()").then(() => ({ error: null })),
    ]),
  );
  for (const { error } of answers) expect([undefined, "PW006", "PW054", "PW056"]).toContain(error?.code);
  expect((await held()).length).toBeLessThanOrEqual(1);
});

test("nobody decides without the right, and nobody writes a registration but through the functions", async () => {
  const [referral = ""] = await referrals(1);
  const registration = await request(referral);
  for (const label of ["sales_rep", "data_team", "vp", "foreign admin", "outsider", "deactivated"]) {
    const { error } = await changesNothing(ask, world, async () => approve(registration, persona(world, label)));
    expect(error?.code, label).toBe("42501");
  }
  const registrations = () => clientOf(persona(world, "org_admin")).from("deal_registrations");
  const answers = await changesNothing(ask, world, async () => [
    await registrations().update({ status: "registered" }).eq("id", registration),
    await registrations().insert({ organization_id: world.organizations.a.id, referral_id: referral }),
    await registrations().delete().eq("id", registration),
  ]);
  for (const { error } of answers) expect(error?.code).toBe("42501");
  expect((await approve(registration)).error).toBeNull();
});

test("staff see who holds a deal and until when, the portal hears that its request is under review", async () => {
  const [first = "", second = ""] = await referrals(2);
  await approve(await request(first));
  const waiting = await request(second);
  const { data } = await clientOf(persona(world, "sales_rep"))
    .rpc("deal_conflict", { organization: world.organizations.a.id, registration: waiting })
    .throwOnError();
  expect(data).toMatchObject([
    { partner_name: expect.stringContaining(`Round ${round}, partner`), decided_by_name: manager.name },
  ]);
  const [answer] = await ask<{ answer: unknown }>(
    `select private.request_registration(organization_id, partner_id, null, id, 'platform') as answer
     from public.partner_referrals where id = $1`,
    [second],
  );
  expect(answer?.answer).toEqual({ id: waiting, status: "under_review" });
});
