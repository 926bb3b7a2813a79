// Referrals: what their triggers keep whoever writes, who may move them, and that none of it reaches another organization.
import type { Behaviours, Scene } from "./access-behaviours.ts";

export const codeOf = async (scene: Scene, sql: string, values: unknown[]) =>
  (await scene.attempt(sql, values)).error?.code ?? null;

/** Adds a referral as the owner of the database, and gives its id. */
export async function refer(
  { ask }: Scene,
  { id, partner }: { id: string; partner: string },
  given: Record<string, unknown> = {},
): Promise<string> {
  const columns = Object.keys(given);
  const [made] = await ask<{ id: string }>(
    `insert into public.partner_referrals (organization_id, partner_id, client_name${columns.map((name) => `, ${name}`).join("")})
     values ($1, $2, 'Tried'${columns.map((_, place) => `, $${place + 3}`).join("")}) returning id`,
    [id, partner, ...Object.values(given)],
  );
  return made?.id ?? "";
}

const change = (column: string) => `update public.partner_referrals set ${column} = $2 where id = $1`;

const countOf = ({ value }: Scene, sql: string, values: unknown[]) => value(sql, values).then(Number);

const toldOf = (scene: Scene, subject: string, kind: string) =>
  countOf(
    scene,
    "select count(*) from public.partner_activity_log where subject_id = $1 and kind = $2 and organization_id = $3",
    [subject, kind, scene.a.id],
  );

export const referralBehaviours: Behaviours = {
  "a referral begins in the first stage, one that comes decided is decided": async (scene) => {
    const read = async (given: Record<string, unknown>) =>
      scene.value(
        "select concat_ws(',', status, outcome, decided_at is not null) from public.partner_referrals where id = $1",
        [await refer(scene, scene.a, given)],
      );
    return (await read({})) === "submitted,open,f" && (await read({ status: "won" })) === "won,won,t";
  },
  "a referral's outcome follows its stage": async (scene) => {
    const id = await refer(scene, scene.a);
    await scene.ask(change("status"), [id, "won"]);
    const won = await scene.value("select outcome from public.partner_referrals where id = $1", [id]);
    await scene.ask(change("status"), [id, "qualified"]);
    const again = await scene.value(
      "select outcome from public.partner_referrals where id = $1 and decided_at is null",
      [id],
    );
    return won === "won" && again === "open";
  },
  "a referral's stage is one of the organization's": async (scene) =>
    (await codeOf(
      scene,
      "insert into public.partner_referrals (organization_id, partner_id, client_name, status) values ($1, $2, 'x', 'nope')",
      [scene.a.id, scene.a.partner],
    )) === "PW050" && (await codeOf(scene, change("status"), [await refer(scene, scene.a), "nope"])) === "PW050",
  "a referral is of no day to come": async (scene) =>
    (await codeOf(
      scene,
      "insert into public.partner_referrals (organization_id, partner_id, client_name, referred_at) values ($1, $2, 'x', '2999-01-01')",
      [scene.a.id, scene.a.partner],
    )) === "23514",
  "a referral's account is never a provider of mail": async (scene) => {
    const id = await refer(scene, scene.a, {
      client_email: "x@gmail.com",
      client_website: "https://www.Tried.example",
    });
    const first = await scene.value("select account_domain from public.partner_referrals where id = $1", [id]);
    await scene.ask(change("client_website"), [id, "https://other.example"]);
    const second = await scene.value("select account_domain from public.partner_referrals where id = $1", [id]);
    return first === "tried.example" && second === "other.example";
  },
  "a referral's owner is an active member": async (scene) => {
    const left = scene.who("deactivated").id;
    return (
      (await codeOf(
        scene,
        "insert into public.partner_referrals (organization_id, partner_id, client_name, owner_id) values ($1, $2, 'x', $3)",
        [scene.a.id, scene.a.partner, left],
      )) === "PW051" && (await codeOf(scene, change("owner_id"), [await refer(scene, scene.a), left])) === "PW051"
    );
  },
  "each change of a referral is a new version, and one that was not seen is refused": async (scene) => {
    const id = await refer(scene, scene.a);
    await scene.ask(change("notes"), [id, "Changed"]);
    const move = (seen_version: number) =>
      scene.call(scene.who("org_admin"), "advance_referral", {
        organization: scene.a.id,
        referral: id,
        status: "qualified",
        seen_version,
      });
    return (await move(1)).code === "PW006" && (await move(2)).code === null;
  },
  "a referral is on the timeline when it comes and when it moves": async (scene) => {
    const id = await refer(scene, scene.a);
    await scene.ask(change("status"), [id, "qualified"]);
    return (await toldOf(scene, id, "referral_created")) === 1 && (await toldOf(scene, id, "referral_advanced")) === 1;
  },
  "a list of referrals neither begins at another organization's nor repeats a row": async (scene) => {
    const { a, b, call, who } = scene;
    const theirs = await refer(scene, b, { referred_at: "2001-01-01T00:00:00Z" });
    await refer(scene, a, { owner_id: who("in both").id });
    const args = { organization: a.id, owned_by: who("in both").id };
    const beside = await call(who("org_admin"), "count_referrals", args);
    const { rows } = await scene.as<{ id: string }>(
      who("org_admin"),
      "select id from public.referrals_page($1, owned_by => $2, beside => $3)",
      [a.id, who("in both").id, theirs],
    );
    return rows.length === 1 && Number(beside.answer.value) === 1;
  },
  "a list of referrals names partners and owners only to who may see those": async ({ as, ask, a, who, targets }) => {
    await ask("update public.partner_referrals set owner_id = $2 where id = $1", [targets.referral.id, who("vp").id]);
    const named = async (label: string) => {
      const { rows } = await as<{ partner_name: string | null; owner_name: string | null }>(
        who(label),
        "select partner_name, owner_name from public.referrals_page($1, owned_by => $2)",
        [a.id, who("vp").id],
      );
      return rows.length === 1 ? [rows[0]?.partner_name !== null, rows[0]?.owner_name !== null].join() : "nothing";
    };
    return (await named("vp")) === "true,true" && (await named("only referrals.read")) === "false,false";
  },
  "a referral becomes only a deal that one sees, of its own partner, and no longer when that is moved": async (
    scene,
  ) => {
    const { a, ask, call, value, who, targets } = scene;
    const link = (label: string, referral: string, seen_version = 1) =>
      call(who(label), "link_referral", {
        organization: a.id,
        referral,
        opportunity: targets.opportunity.id,
        seen_version,
      });
    const linked = (referral: string) =>
      value("select opportunity_id from public.partner_referrals where id = $1", [referral]);
    const belongsTo = (partner: string) =>
      ask("update public.opportunities set partner_id = $2 where id = $1", [targets.opportunity.id, partner]);
    const [reps, nobodys] = [await refer(scene, a, { owner_id: who("sales_rep").id }), await refer(scene, a)];
    const refusals = [
      await link("sales_rep", reps),
      await link("only referrals.write", nobodys),
      await link("sales_rep", nobodys),
      await link("org_admin", nobodys, 0),
    ];
    await ask("update public.opportunities set owner_id = $2 where id = $1", [
      targets.opportunity.id,
      who("sales_rep").id,
    ]);
    refusals.push(await link("sales_rep", reps));
    await belongsTo(a.partner);
    const kept = await linked(reps);
    await belongsTo(targets.partner.id);
    refusals.push(await link("org_admin", nobodys));
    return (
      refusals.map(({ code }) => code).join() === "PW012,PW012,42501,PW006,,PW056" &&
      kept === targets.opportunity.id &&
      (await linked(reps)) === null
    );
  },
  "the portal's referrals are of its own partner, and go to an owner who is still there": async (scene) => {
    const { a, b, who, value } = scene;
    const submit = "select private.submit_referral($1, $2, $3, 'Portal', null, null, null, null, null, null, $4)";
    const key = "00000000-0000-4000-8000-00000000feed";
    const theirs = await value(submit, [b.id, b.partner, who("outsider").id, key]);
    const again = await value(submit, [b.id, b.partner, who("outsider").id, key]);
    if ((await codeOf(scene, submit, [a.id, b.partner, who("outsider").id, key])) !== "PW012") return false;
    if ((await codeOf(scene, submit, [a.id, b.partner, who("outsider").id, null])) !== "PW012") return false;
    await scene.ask("update public.partners set owner_id = $2 where id = $1", [a.partner, who("vp").id]);
    const ours = await value(submit, [a.id, a.partner, who("outsider").id, null]);
    const owner = await value("select owner_id from public.partner_referrals where id = $1 and source = 'portal'", [
      ours,
    ]);
    await scene.ask(
      "update public.memberships set status = 'deactivated', deactivated_at = now() where organization_id = $1 and user_id = $2",
      [a.id, who("vp").id],
    );
    const later = await value(submit, [a.id, a.partner, who("outsider").id, null]);
    const nobody = await value("select owner_id from public.partner_referrals where id = $1", [later]);
    return theirs === again && owner === who("vp").id && nobody === null;
  },
};
