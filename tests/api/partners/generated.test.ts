// What `npm run db:generate` makes: always the same for a seed, by every rule that the triggers would have held it to, and with the
// timeline that goes with it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { generatePartners, type PartnerCounts } from "../../../supabase/local/generate/partners/index.ts";
import { applySeed, pushMigrations, withClient } from "../../../supabase/local/migrate.ts";
import { stack } from "../../support/stack.ts";

const counts: PartnerCounts = {
  partners: 60,
  referrals: 300,
  opportunities: 120,
  tasks: 150,
  interactions: 150,
  training: 60,
  documents: 60,
};
const tables = [
  "partners",
  "partner_referrals",
  "deal_registrations",
  "customers",
  "opportunities",
  "partner_tasks",
  "partner_interactions",
  "partner_training",
  "partner_documents",
];
const until = new Date("2026-11-01");
const silent = () => undefined;

let database: ThrowawayDatabase;
beforeAll(async () => {
  database = await createThrowawayDatabase(stack());
  await pushMigrations(database.dbUrl);
  await applySeed(database.dbUrl);
}, 120_000);
afterAll(() => database.drop());

const generate = (wanted: PartnerCounts, slug = "contoso", seed = 7) =>
  generatePartners(database.dbUrl, [{ slug, seed, counts: wanted, until }], silent);

async function ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return withClient(database.dbUrl, async (client) => (await client.query<Row>(sql, values)).rows);
}

/** Everything in the generated rows but what differs between databases: whom they belong to. */
async function fingerprint(): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await ask<{ print: string }>(
      `select md5(string_agg(rest, '' order by rest)) as print
       from (select (to_jsonb(t) - '{organization_id,owner_id,assignee_id,created_by,user_id}'::text[])::text as rest from public.${table} as t
             join public.organizations as o on o.id = t.organization_id where o.slug = 'contoso') as rows`,
    );
    prints[table] = row?.print ?? "";
  }
  return prints;
}

const sizes = async () => {
  const found: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await ask<{ count: string }>(`select count(*) from public.${table}`);
    found[table] = Number(row?.count);
  }
  return found;
};

test("asked again, it adds nothing; asked for more, only what is missing", { timeout: 120_000 }, async () => {
  const seeded = await sizes();
  await generate(counts);
  const [once, print] = [await sizes(), await fingerprint()];
  expect(once.partners).toBe((seeded.partners ?? 0) + counts.partners);
  expect(once.partner_referrals).toBe((seeded.partner_referrals ?? 0) + counts.referrals);
  await generate(counts);
  expect(await sizes()).toEqual(once);
  expect(await fingerprint()).toEqual(print);
  await generate({ ...counts, tasks: counts.tasks + 10 });
  expect(await sizes()).toEqual({ ...once, partner_tasks: (once.partner_tasks ?? 0) + 10 });
});

test("another seed, or another organization, is other data", { timeout: 120_000 }, async () => {
  const names = async (slug: string) =>
    ask<{ name: string }>(
      `select p.name from public.partners as p join public.organizations as o on o.id = p.organization_id
       where o.slug = $1 and p.website like '%partner-%' order by p.website`,
      [slug],
    );
  await generate(counts, "northwind-emea", 8);
  const [one, other] = [await names("contoso"), await names("northwind-emea")];
  expect(other).toHaveLength(counts.partners);
  expect(other).not.toEqual(one);
});

test("every choice is one that the organization has configured", async () => {
  const columns = await ask<{ target: string; column_name: string; category: string; key: string; is_list: boolean }>(
    "select target::text, column_name, category, key, is_list from private.choice_columns",
  );
  expect(columns.length).toBeGreaterThan(8);
  for (const { target, column_name: column, category, key, is_list: isList } of columns) {
    const item = isList ? `unnest(t.${column})` : `t.${column}`;
    const strangers = await ask(
      `select distinct given.item from ${target} as t cross join lateral (select ${item} as item) as given
       where given.item is not null and private.configured_choice(t.organization_id, $1, $2, given.item) is null`,
      [category, key],
    );
    expect(strangers, `${target}.${column}`).toEqual([]);
  }
});

test.each([
  [
    "a referral's outcome is its stage's",
    `select r.id from public.partner_referrals as r
     where r.outcome <> private.configured_choice(r.organization_id, 'partners', 'referral_stages', r.status) ->> 'outcome'`,
  ],
  [
    "its account follows from website and address",
    `select r.id from public.partner_referrals as r where r.account_domain is distinct from private.account_of(r.client_website, r.client_email)`,
  ],
  [
    "nothing is decided before it was brought, or brought before its partner was there",
    `select r.id from public.partner_referrals as r join public.partners as p on p.id = r.partner_id
     where r.decided_at < r.referred_at or r.referred_at < p.created_at - interval '1 minute'`,
  ],
  [
    "a deal's status is its stage's, and its history ends there",
    `select o.id from public.opportunities as o
     left join lateral (
       select h.to_stage from public.opportunity_stage_history as h
       where h.organization_id = o.organization_id and h.opportunity_id = o.id order by h.changed_at desc, h.id desc limit 1
     ) as last on true
     where o.status <> private.configured_choice(o.organization_id, 'pipeline', 'stages', o.stage) ->> 'outcome'
       or last.to_stage is distinct from o.stage`,
  ],
  [
    "deals are in currencies that the organization deals in",
    `select o.id from public.opportunities as o where not private.configuration_value(o.organization_id, 'revenue', 'currencies') ? o.currency`,
  ],
  [
    "no registration that is over counts as registered",
    "select d.id from public.deal_registrations as d where d.status = 'registered' and d.protected_until < now()",
  ],
  [
    "owners are active members",
    `select p.id from public.partners as p where p.owner_id is not null and not exists (
       select from public.memberships as m where m.organization_id = p.organization_id and m.user_id = p.owner_id and m.status = 'active')`,
  ],
  [
    "every partner, referral, task, contact and document is on the timeline once",
    `select t.id from (
       select organization_id, id, 'partners' as name, 'partner_created' as kind from public.partners union all
       select organization_id, id, 'partner_referrals', 'referral_created' from public.partner_referrals union all
       select organization_id, id, 'partner_tasks', 'task_created' from public.partner_tasks union all
       select organization_id, id, 'partner_interactions', 'interaction_logged' from public.partner_interactions union all
       select organization_id, id, 'partner_documents', 'document_added' from public.partner_documents
     ) as t
     where (select count(*) from public.partner_activity_log as l
            where l.organization_id = t.organization_id and l.subject_table = t.name and l.subject_id = t.id and l.kind = t.kind) <> 1`,
  ],
])("%s", async (_rule, sql) => {
  expect(await ask(`${sql} limit 3`)).toEqual([]);
});
