// What a generated organization's partners are made of: its people, its configured choices, and values that follow from the seed.
import type pg from "pg";
import { Problem } from "../../problem.ts";
import { madeValues } from "../generation.ts";

export interface PartnerCounts {
  partners: number;
  referrals: number;
  opportunities: number;
  tasks: number;
  interactions: number;
  training: number;
  documents: number;
}

export interface Scene {
  client: pg.Client;
  organization: string;
  counts: PartnerCounts;
  /** History ends here and begins 18 months earlier. */
  until: Date;
  choices: Record<string, string[]>;
}

const settings = {
  statuses: ["partners", "statuses"],
  tiers: ["partners", "tiers"],
  domains: ["partners", "domains"],
  regions: ["partners", "regions"],
  tags: ["partners", "tags"],
  interactionTypes: ["partners", "interaction_types"],
  documentTypes: ["partners", "document_types"],
  products: ["partners", "products"],
  priorities: ["team", "task_priorities"],
  sources: ["pipeline", "sources"],
  winReasons: ["pipeline", "win_reasons"],
  lossReasons: ["pipeline", "loss_reasons"],
} as const;

/** Kinds of values are named with the organization, so that each organization gets data of its own from the same seed. */
export async function setScene(
  client: pg.Client,
  { slug, seed, counts, until }: { slug: string; seed: number; counts: PartnerCounts; until: Date },
): Promise<Scene> {
  const { rows } = await client.query<{ id: string }>("select id from public.organizations where slug = $1", [slug]);
  const [found] = rows;
  if (!found) throw new Problem(`There is no organization "${slug}". Choose one by its slug, such as northwind.`);
  const organization = found.id;
  await client.query(madeValues(seed));
  await client.query(
    `create function pg_temp.own_id(kind text, n bigint) returns uuid language sql immutable as
       $$ select pg_temp.made_id(kind || ' of ${slug}', n) $$;
     create function pg_temp.own_number(kind text, n bigint, below bigint) returns bigint language sql immutable as
       $$ select pg_temp.made_number(kind || ' of ${slug}', n, below) $$;
     create function pg_temp.own_choice(given text[], kind text, n bigint) returns text language sql immutable as
       $$ select given[1 + pg_temp.own_number(kind, n, cardinality(given))] $$;
     create function pg_temp.own_share(kind text, n bigint) returns double precision language sql immutable as
       $$ select pg_temp.own_number(kind, n, 1000000) / 1000000.0 $$;
     -- Few bring much, many bring little.
     create function pg_temp.own_partner(kind text, n bigint, partners bigint) returns bigint language sql immutable as
       $$ select 1 + floor(partners * power(pg_temp.own_share(kind, n), 2))::bigint $$;
     create function pg_temp.own_amount(kind text, n bigint, currency text) returns numeric language sql immutable as
       $$ select round((power(10, 3 + 2.4 * pg_temp.own_share(kind, n)) * case currency when 'JPY' then 150 else 1 end)::numeric,
            private.currency_exponent(currency)) $$`,
  );
  await client.query(
    "create temporary table staff (place bigint generated always as identity, user_id uuid, display_name text)",
  );
  const staff = await client.query(
    `insert into staff (user_id, display_name)
     select user_id, display_name from public.memberships
     where organization_id = $1 and status = 'active' order by joined_at, user_id limit 40`,
    [organization],
  );
  if (!staff.rowCount) throw new Problem(`Nobody is an active member of "${slug}": somebody has to own its partners.`);
  const choices: Record<string, string[]> = {};
  for (const [name, [category, key]] of Object.entries(settings)) {
    const configured = await client.query<{ keys: string[] }>(
      `select array(select item ->> 'key' from jsonb_array_elements(private.configuration_value($1, $2, $3)) as item) as keys`,
      [organization, category, key],
    );
    choices[name] = configured.rows[0]?.keys ?? [];
  }
  const currencies = await client.query<{ keys: string[] }>(
    `select array(select jsonb_array_elements_text(private.configuration_value($1, 'revenue', 'currencies'))) as keys`,
    [organization],
  );
  choices.currencies = currencies.rows[0]?.keys ?? [];
  await client.query(
    `create temporary table referral_stage as
       select row_number() over () as place, item ->> 'key' as key, item ->> 'outcome' as outcome
       from jsonb_array_elements(private.configuration_value('${organization}', 'partners', 'referral_stages')) as item;
     -- Whatever ends a deal comes after all the stages before it that do not.
     create temporary table deal_stage as
       select stage.*, 1 + count(*) filter (where outcome = 'open') over (order by place rows between unbounded preceding and 1 preceding) as steps
       from (
         select row_number() over () as place, item ->> 'key' as key, item ->> 'outcome' as outcome, (item ->> 'probability')::numeric as probability
         from jsonb_array_elements(private.configuration_value('${organization}', 'pipeline', 'stages')) as item
       ) as stage`,
  );
  return { client, organization, counts, until, choices };
}

/**
 * Rows as the triggers would leave them, without the triggers: those work row by row and write each row's audit. Constraints hold
 * all the same. Indexes that only make reading fast are built afterwards, at once. In one transaction, which keeps everybody else
 * from writing past the triggers meanwhile.
 */
export async function inBulk(client: pg.Client, tables: string[], work: () => Promise<void>): Promise<void> {
  const each = async (what: "disable" | "enable") => {
    for (const table of tables) await client.query(`alter table ${table} ${what} trigger user`);
  };
  await client.query("begin");
  try {
    await each("disable");
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index as i
       where i.indrelid = any ($1::regclass[]) and not i.indisunique
         and not exists (select from pg_constraint as c where c.conindid = i.indexrelid)`,
      [tables],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await work();
    await client.query("set local maintenance_work_mem = '512MB'");
    for (const { definition } of indexes) await client.query(definition);
    await each("enable");
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
