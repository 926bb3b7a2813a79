// Partners: what their triggers keep, whoever writes.
import type { Behaviours, Scene } from "./access-behaviours.ts";

const insert = "insert into public.partners (organization_id, name, status, owner_id) values ($1, 'Tried', $2, $3)";
const codeOf = async (scene: Scene, sql: string, values: unknown[]) =>
  (await scene.attempt(sql, values)).error?.code ?? null;

export const partnerBehaviours: Behaviours = {
  "a partner without a status begins with the first one": async ({ ask, a, value }) => {
    await ask(insert, [a.id, null, null]);
    return (await value("select status from public.partners where name = 'Tried'")) === "pending";
  },
  "a new partner's status is one of the organization's": async (scene) =>
    (await codeOf(scene, insert, [scene.a.id, "nope", null])) === "PW050",
  "a changed status is one of the organization's": async (scene) =>
    (await codeOf(scene, "update public.partners set status = 'nope' where id = $1", [scene.a.partner])) === "PW050",
  "a new partner's owner is an active member": async (scene) =>
    (await codeOf(scene, insert, [scene.a.id, null, scene.who("deactivated").id])) === "PW051",
  "a changed owner is an active member": async (scene) =>
    (await codeOf(scene, "update public.partners set owner_id = $2 where id = $1", [
      scene.a.partner,
      scene.who("deactivated").id,
    ])) === "PW051",
  "another tenant's choices are not one's own": async (scene) => {
    await scene.ask(
      `insert into public.configurations (organization_id, category, key, value)
       select $1, category, key, default_value || '[{"key": "foreign", "label": "Foreign", "color": "teal", "counts_as": "former"}]'
       from public.configuration_definitions where category = 'partners' and key = 'statuses'`,
      [scene.b.id],
    );
    return (
      (await codeOf(scene, insert, [scene.b.id, "foreign", null])) === null &&
      (await codeOf(scene, insert, [scene.a.id, "foreign", null])) === "PW050"
    );
  },
  "figures of a partner count what is its organization's: another's partner has none": async ({
    call,
    ask,
    who,
    a,
    b,
  }) => {
    const lists = { referrals: "outcome = 'open'", tasks: "status = 'pending'", documents: "archived_at is null" };
    for (const [list, isCounted] of Object.entries(lists)) {
      const [theirs] = await ask<{ partner_id: string }>(
        `select partner_id from public.partner_${list} where organization_id = $1 and ${isCounted} limit 1`,
        [b.id],
      );
      if (!theirs) throw new Error(`The other organization has no ${list}.`);
      const { answer } = await call(who("org_admin"), "partner_figures", {
        organization: a.id,
        partner: theirs.partner_id,
      });
      // A number, or several by what became of it.
      const counts = typeof answer[list] === "number" ? [answer[list]] : Object.values(answer[list] ?? {});
      if (counts.length === 0 || counts.some((count) => count !== 0)) throw new Error(list);
    }
    return true;
  },
  "what becomes of another organization's partners and referrals changes no figure": async (scene) => {
    const { call, ask, who, a, b } = scene;
    const figures = async () => {
      const { answer } = await call(who("org_admin"), "partner_summary", { organization: a.id });
      const moved = await ask<{ amount: string }>(
        `select amount from private.referrals_with_other_outcome($1,
           (select jsonb_agg(distinct jsonb_build_object('key', r.status)) from public.partner_referrals as r),
           (select jsonb_agg(distinct jsonb_build_object('key', r.status, 'outcome', 'none')) from public.partner_referrals as r))`,
        [a.id],
      );
      return { ...answer, moved: moved[0]?.amount };
    };
    await ask("update public.partners set status = 'active' where organization_id = $1", [b.id]);
    const before = await figures();
    const gone = await ask("delete from public.partner_referrals where organization_id = $1 returning status", [b.id]);
    const left = await ask("delete from public.partners where organization_id = $1 returning id", [b.id]);
    if (gone.length === 0 || left.length === 0) throw new Error("The other organization has nothing to lose.");
    return JSON.stringify(await figures()) === JSON.stringify(before);
  },
  "archiving takes the organization's partners only, all of them or none": async ({ call, who, value, a, b }) => {
    const partners = [a.partner, b.partner];
    const { code } = await call(who("org_admin"), "archive_partners", { organization: a.id, partners });
    const archived = await value(
      "select count(*) from public.partners where id = any ($1) and archived_at is not null",
      [partners],
    );
    return code === "PW012" && Number(archived) === 0;
  },
  "each change of a partner, and of its terms, is a new version": async ({ ask, a, value }) => {
    await ask("update public.partners set notes = 'Changed' where id = $1", [a.partner]);
    await ask("update public.partner_commission_terms set rate = 3 where organization_id = $1", [a.id]);
    return (
      Number(await value("select version from public.partners where id = $1", [a.partner])) === 2 &&
      Number(await value("select version from public.partner_commission_terms where organization_id = $1", [a.id])) ===
        2
    );
  },
  "terms have a configured type, and rates by volume that ascend": async (scene) => {
    const terms =
      "insert into public.partner_commission_terms (organization_id, partner_id, commission_type, currency, tiers)";
    const values = [scene.a.id, scene.a.partner];
    const tries = [
      await codeOf(scene, `${terms} values ($1, $2, 'nope', null, '[]')`, values),
      await codeOf(
        scene,
        `${terms} values ($1, $2, 'custom', 'EUR', '[{"from": 5, "rate": 1}, {"from": 1, "rate": 2}]')`,
        values,
      ),
      await codeOf(
        scene,
        "update public.partner_commission_terms set commission_type = 'nope' where organization_id = $1",
        [scene.a.id],
      ),
      await codeOf(scene, "update public.partner_commission_terms set tiers = '[{}]' where organization_id = $1", [
        scene.a.id,
      ]),
    ];
    return tries.every((code) => code === "PW050");
  },
};
