// Customers and deals: what their triggers and functions keep, whoever writes.
import type { Behaviours, Scene } from "./access-behaviours.ts";

const begin = (
  columns: string,
  values: string,
) => `insert into public.opportunities (organization_id, customer_id, name${columns})
  values ($1, $2, 'Tried'${values})`;
const place = ({ a }: Scene) => [a.id, a.customer];
const codeOf = async (scene: Scene, sql: string, values: unknown[] = []) =>
  (await scene.attempt(sql, values)).error?.code ?? null;
const change = (scene: Scene, what: string) =>
  codeOf(scene, `update public.opportunities set ${what} where organization_id = '${scene.a.id}' and name = 'Tried'`);
const ofTried = (scene: Scene, what: string) =>
  scene.value(`select ${what} from public.opportunities where organization_id = $1 and name = 'Tried'`, [scene.a.id]);
const customerBehaviours: Behaviours = {
  "a customer is known by its domain, and each change is a new version": async ({ ask, value, a }) => {
    await ask("update public.customers set website = 'https://www.Known.example/x' where id = $1", [a.customer]);
    const known = await value("select web_domain || ' ' || version from public.customers where id = $1", [a.customer]);
    return known === "known.example 2";
  },
  "a customer's region is configured, and its owner an active member": async (scene) => {
    const add = (column: string, value: string) =>
      codeOf(
        scene,
        `insert into public.customers (organization_id, name, ${column}) values ('${scene.a.id}', 'Tried', '${value}')`,
      );
    const edit = (what: string) =>
      codeOf(scene, `update public.customers set ${what} where id = '${scene.a.customer}'`);
    const leaver = scene.who("deactivated").id;
    const codes = [
      await add("region", "nope"),
      await edit("region = 'nope'"),
      await add("owner_id", leaver),
      await edit(`owner_id = '${leaver}'`),
    ];
    return codes.join() === "PW050,PW050,PW051,PW051";
  },
};

const stageBehaviours: Behaviours = {
  "a new deal's stage, source, currency and owner are the organization's": async (scene) => {
    const add = (column: string, value: string) => codeOf(scene, begin(`, ${column}`, `, ${value}`), place(scene));
    const codes = [
      await add("stage", "'nope'"),
      await add("source", "'nope'"),
      await add("value, currency", "1, 'CHF'"),
      await add("owner_id", `'${scene.who("deactivated").id}'`),
      await add("stage", "'closed_won'"),
    ];
    return codes.join() === "PW050,PW050,PW050,PW051,PW057";
  },
  "and so they are when it changes": async (scene) => {
    await scene.ask(begin("", ""), place(scene));
    const codes = [
      await change(scene, "stage = 'nope'"),
      await change(scene, "source = 'nope'"),
      await change(scene, "value = 1, currency = 'CHF'"),
      await change(scene, `owner_id = '${scene.who("deactivated").id}'`),
      await change(scene, "stage = 'closed_lost', reason = 'product'"),
      await change(scene, "status = 'won', closed_at = now()"),
    ];
    return codes.join() === "PW050,PW050,PW050,PW051,PW058," && (await ofTried(scene, "status")) === "open";
  },
  "a deal counts its versions, and its history each stage": async (scene) => {
    await scene.ask(begin("", ""), place(scene));
    await change(scene, "stage = 'demo'");
    await change(scene, "stage = 'closed_won', reason = 'price'");
    const steps = await scene.value(
      `select string_agg(concat(from_stage, '>', to_stage, ':', status), ' ' order by id) from public.opportunity_stage_history
       where opportunity_id = (select id from public.opportunities where organization_id = $1 and name = 'Tried')`,
      [scene.a.id],
    );
    return (
      steps === ">lead:open lead>demo:open demo>closed_won:won" &&
      (await ofTried(scene, "concat_ws(' ', version, status, probability, closed_at = now())")) === "3 won 100.00 t"
    );
  },
  "the history of stages is changed, emptied and shortened by nobody": async ({ attempt }) => {
    for (const sql of [
      "update public.opportunity_stage_history set to_stage = 'x'",
      "delete from public.opportunity_stage_history",
      "truncate public.opportunity_stage_history",
    ])
      if ((await attempt(sql)).error?.code !== "PW040") return false;
    return true;
  },
};

const moveBehaviours: Behaviours = {
  "a deal is moved by the version that was seen, and not once it is closed": async (scene) => {
    const { call, who, a, targets, ask } = scene;
    const args = { organization: a.id, opportunity: targets.opportunity.id, partner: a.partner };
    const move = (more: object) => call(who("org_admin"), "move_opportunity", { ...args, ...more });
    if ((await move({ seen_version: 9 })).code !== "PW006") return false;
    if ((await move({ seen_version: 1 })).code !== null) return false;
    await ask("update public.opportunities set stage = 'closed_won', reason = 'price' where id = $1", [
      targets.opportunity.id,
    ]);
    return (await move({ seen_version: 3, partner: targets.partner.id })).code === "PW059";
  },
  "who may write their own says once whose it is, and only of their own": async (scene) => {
    const { call, who, a, targets, ask } = scene;
    const move = (version: number) =>
      call(who("sales_rep"), "move_opportunity", {
        organization: a.id,
        opportunity: targets.opportunity.id,
        partner: a.partner,
        seen_version: version,
      });
    if ((await move(1)).code !== "PW012") return false;
    await ask("update public.opportunities set owner_id = $2 where id = $1", [
      targets.opportunity.id,
      who("sales_rep").id,
    ]);
    return (await move(2)).code === null && (await move(3)).code === "42501";
  },
};

const listBehaviours: Behaviours = {
  "who sees their own deals is listed, counted and summed only those": async ({ as, who, a, value }) => {
    const { rows } = await as<{ answer: string }>(
      who("sales_rep"),
      `select concat_ws(' ', (select count(*) from public.opportunities_page($1)), public.count_opportunities($1),
         (select sum(deals) from public.pipeline_summary($1))) as answer`,
      [a.id],
    );
    const own = await value("select count(*) from public.opportunities where organization_id = $1 and owner_id = $2", [
      a.id,
      who("sales_rep").id,
    ]);
    return rows[0]?.answer === `${own} ${own} ${own}`;
  },
};

export const opportunityBehaviours: Behaviours = {
  ...customerBehaviours,
  ...stageBehaviours,
  ...moveBehaviours,
  ...listBehaviours,
};
