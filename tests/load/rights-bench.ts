// What row-level security costs on every table that belongs to organizations: the same reads by the owner, who filters by hand,
// and by a person in 20 organizations under the policies.
import type pg from "pg";
import type { DatabaseUrls } from "../../supabase/local/checks/throwaway-database.ts";
import { withThrowawayDatabase } from "../../supabase/local/checks/throwaway-database.ts";
import { measuredSize, traveller } from "../../supabase/local/generate/generation.ts";
import { generate } from "../../supabase/local/generate/index.ts";
import { countsFor, generatePartners, type PartnerGeneration } from "../../supabase/local/generate/partners/index.ts";
import { pushMigrations, withClient } from "../../supabase/local/migrate.ts";
import { type Figure, interleaved, type Tell } from "./figure.ts";
import { measureMembers } from "./members-bench.ts";
import { planOf, scansBy } from "./plan.ts";
import { fillTheRest } from "./rare-rows.ts";
import { type TenantTable, tenantTables } from "./tenant-tables.ts";

const SEED = Number(process.env.BENCH_SEED ?? 1);
const PAGE_BAR = 1.25;
const WHOLE_BAR = 1.15;
/** Asking for the rights of somebody in 20 organizations, seen on a read of one row. A read that takes next to nothing itself may add that, once. */
const ASKING_MS = 0.25;
const UNFILTERED_BAR = 50;
const UNFILTERED_MS = 100;

/** Each by the owner, and by the person. */
type Reads = Record<"page" | "middle" | "unfiltered" | "count" | "figure", [owner: string, person: string]>;

export async function benchRights(server: DatabaseUrls, tell: Tell): Promise<void> {
  console.log(`Generating with BENCH_SEED=${SEED} …`);
  await withThrowawayDatabase(server, async ({ dbUrl }) => {
    await pushMigrations(dbUrl);
    await generate(dbUrl, { seed: SEED, size: measuredSize }, console.log);
    await generatePartners(dbUrl, partnersOf(SEED), console.log);
    await withClient(dbUrl, fillTheRest);
    await measureRights(dbUrl, tell);
  });
}

/** The two largest have as many partners as people, a few others some hundreds. */
function partnersOf(seed: number): PartnerGeneration[] {
  const sizes = [measuredSize.largest, measuredSize.second, ...Array.from({ length: 6 }, () => measuredSize.usual)];
  const until = new Date(new Date().toISOString().slice(0, 10));
  return sizes.map((partners, place) => ({
    slug: `organization-${place + 1}`,
    seed,
    counts: countsFor(partners),
    until,
  }));
}

type Side = "owner" | "person";

/**
 * The same process reads as both, by turns: of two processes doing the same, one is a tenth slower than the other for as long as they live, which
 * is as much as what is measured.
 */
const becoming: Record<Side, string> = { owner: "reset role", person: "set local role authenticated" };

function measureRights(dbUrl: string, tell: Tell): Promise<void> {
  return withClient(dbUrl, (owner) =>
    withClient(dbUrl, async (person) => {
      const organization = await becomeTraveller(owner, person);
      for (const table of await tenantTables(owner))
        for (const figure of await measureTable(owner, person, table, organization)) tell(figure);
      for (const figure of await measureMembers(owner, person, organization)) tell(figure);
    }),
  );
}

/** What the Data API's connections begin with, and the owner's here, too. */
const dataApiSettings = `
  select set_config(split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1), false)
  from pg_catalog.pg_db_role_setting as s cross join lateral unnest(s.setconfig) as setting
  where s.setrole = 'authenticator'::regrole and s.setdatabase = 0 and setting not like 'pgrst.%'`;

/** From here on the connection is what the Data API makes of a request of theirs. Gives the largest organization back. */
async function becomeTraveller(owner: pg.Client, person: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ user_id: string; organization_id: string; places: number }>(
    `select user_id, organization_id, count(*) over ()::integer as places
     from public.memberships join lateral (
       select count(*) as members from public.memberships as m where m.organization_id = memberships.organization_id
     ) as size on true
     where email = $1 order by members desc limit 1`,
    [traveller.address],
  );
  const [found] = rows;
  if (found?.places !== traveller.organizations) throw new Error(`The person is in ${found?.places} organizations.`);
  for (const client of [owner, person]) await client.query(dataApiSettings);
  await person.query("begin");
  await person.query("select set_config('request.jwt.claims', $1, true)", [
    JSON.stringify({ sub: found.user_id, role: "authenticated" }),
  ]);
  await person.query("set local role authenticated");
  return found.organization_id;
}

function readsOf({ object, columns, order, listed, of, group, asked }: TenantTable): Reads {
  const sorted = order.columns.map((column) => `${column}${order.descending ? " desc" : ""}`).join(", ");
  // One message of JSON, as the Data API asks for it.
  const page = (...conditions: string[]) =>
    `select coalesce(json_agg(page), '[]')::text from (
       select ${columns.join(", ")} from ${object} where ${[listed, ...conditions].join(" and ")} order by ${sorted} limit 50
     ) as page`;
  const within = (first: number) => (of ? [`${of} = $${first}`] : []);
  const alike = (sql: string): [string, string] => [sql, sql];
  return {
    page: alike(page("organization_id = $1", ...within(2))),
    middle: alike(page("organization_id = $1", ...within(2), afterSql(order, of ? 3 : 2))),
    unfiltered: alike(page(...within(1))),
    count: asked?.count ?? alike(`select count(*) from ${object} where organization_id = $1`),
    figure:
      asked?.figure ??
      alike(`select ${group}, count(*) from ${object} where organization_id = $1 group by ${group} order by ${group}`),
  };
}

/** The keyset condition that the Data API can express; the redundant first comparison is what finds the place in the index. */
function afterSql({ columns, descending }: TenantTable["order"], parameter: number): string {
  const [column = "", ...others] = columns;
  const [value, sign] = [`$${parameter}`, descending ? "<" : ">"];
  if (others.length === 0) return `${column} ${sign} ${value}`;
  const rest = afterSql({ columns: others, descending }, parameter + 1);
  return `${column} ${sign}= ${value} and (${column} ${sign} ${value} or (${column} = ${value} and ${rest}))`;
}

async function measureTable(
  owner: pg.Client,
  person: pg.Client,
  table: TenantTable,
  organization: string,
): Promise<Figure[]> {
  const name = table.object.replace("public.", "");
  const reads = readsOf(table);
  const whose = await largestOf(owner, table, organization);
  const place = await middleOf(owner, table, [organization, ...whose]);
  if (!place) return [{ what: name, value: "no rows are generated for it", bar: "as many as screens show", ok: false }];
  const values: Record<keyof Reads, unknown[]> = {
    page: [organization, ...whose],
    middle: [organization, ...whose, ...place],
    unfiltered: whose,
    count: table.asked ? [organization, ...whose] : [organization],
    figure: table.asked ? [organization, ...whose] : [organization],
  };
  const become = (side: Side) => person.query(becoming[side]);
  const read = (side: Side, which: keyof Reads) =>
    person.query({
      name: `${name} ${which} by the ${side}`,
      text: reads[which][side === "owner" ? 0 : 1],
      values: values[which],
      rowMode: "array",
    });
  for (const which of ["page", "middle", "count", "figure"] as const) {
    await become("owner");
    const byOwner = await read("owner", which);
    await become("person");
    const byPerson = await read("person", which);
    if (JSON.stringify(byOwner.rows) !== JSON.stringify(byPerson.rows) || byOwner.rows.length === 0)
      throw new Error(`${name}, ${which}: the owner and the person do not see the same rows, or none.`);
  }
  const times = (read: (side: Side) => Promise<unknown>) =>
    interleaved({ owner: () => read("owner"), person: () => read("person") }, become);
  const page = await times((side) => read(side, "page"));
  const middle = await times((side) => read(side, "middle"));
  const unfiltered = await times((side) => read(side, side === "owner" ? "page" : "unfiltered"));
  const count = await times((side) => read(side, "count"));
  const figure = await times((side) => read(side, "figure"));
  // Without a row, half of what a policy asks would never be asked.
  const one = await times((side) =>
    person.query({
      name: `${name} one by the ${side}`,
      text: `select from ${table.object} where organization_id = $1 limit 1`,
      values: [organization],
      rowMode: "array",
    }),
  );
  const rows = Number((await read("person", "count")).rows[0]?.[0]);
  const asking = one.person - one.owner;
  const compare = (what: string, { owner: base, person: value }: Record<Side, number>, bar: number): Figure => {
    // Half as much again: where there are more rows, the array is compared with them, too.
    const isAsking = base * bar < base + 1.5 * asking;
    return {
      what: `${name} (${rows} rows), ${what}`,
      value: `${(value / base).toFixed(2)} × the owner's ${base.toFixed(2)} ms${isAsking ? `, + ${(value - base).toFixed(2)} ms` : ""}`,
      bar: isAsking
        ? `+ 1.5 × the ${asking.toFixed(2)} ms that asking takes, which is more than ${bar} ×`
        : `≤ ${bar} ×`,
      ok: value <= (isAsking ? base + 1.5 * asking : base * bar),
    };
  };
  const open = compare("page without the organization", unfiltered, UNFILTERED_BAR);
  return [
    compare("page", page, PAGE_BAR),
    compare("page in mid-list", middle, PAGE_BAR),
    { ...open, bar: `≤ ${UNFILTERED_BAR} ×, ≤ ${UNFILTERED_MS} ms`, ok: open.ok && unfiltered.person <= UNFILTERED_MS },
    compare("count", count, WHOLE_BAR),
    compare("figure", figure, WHOLE_BAR),
    {
      what: `${name}: asking for the rights`,
      value: `${asking.toFixed(2)} ms`,
      bar: `≤ ${ASKING_MS} ms`,
      ok: asking <= ASKING_MS,
    },
    await conditionOf(person, table),
  ];
}

/** The one with the most rows, where a table is listed for one at a time. */
async function largestOf(owner: pg.Client, { object, of }: TenantTable, organization: string): Promise<unknown[]> {
  if (!of) return [];
  const { rows } = await owner.query({
    text: `select ${of} from ${object} where organization_id = $1 and ${of} is not null group by 1 order by count(*) desc, 1 limit 1`,
    values: [organization],
    rowMode: "array",
  });
  return rows[0] ?? [null];
}

async function middleOf(
  owner: pg.Client,
  { object, order, listed, of }: TenantTable,
  whose: unknown[],
): Promise<unknown[] | undefined> {
  const sorted = order.columns.map((column) => `${column}${order.descending ? " desc" : ""}`).join(", ");
  const condition = `organization_id = $1 and ${listed}${of ? ` and ${of} = $2` : ""}`;
  const { rows } = await owner.query({
    text: `select ${order.columns.map((column) => `${column}::text`).join(", ")} from ${object} where ${condition}
           order by ${sorted} offset (select count(*) / 2 from ${object} where ${condition}) limit 1`,
    values: whose,
    rowMode: "array",
  });
  return rows[0];
}

/** Small tables are read whole, and rightly so: whether the index could be used is asked with that way closed. */
async function conditionOf(person: pg.Client, { object }: TenantTable): Promise<Figure> {
  await person.query("set local enable_seqscan = off");
  const plan = await planOf(person, `select organization_id from ${object}`, []);
  await person.query("set local enable_seqscan = on");
  const scans = scansBy(plan, object);
  const ok = scans.length > 0 && scans.every(({ condition }) => /organization_id = ANY/.test(condition));
  return {
    what: `${object.replace("public.", "")}: the policy's array`,
    value: ok ? "is the index condition" : scans.map(({ filter }) => `filters row by row: ${filter}`).join("; "),
    bar: "an index condition",
    ok,
  };
}
