// Registered deals: who asks, decides and withdraws, that one organization's never stand in another's way, and what ends them.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import { codeOf, refer } from "./referral-behaviours.ts";

interface Place {
  id: string;
  partner: string;
}

/** A deal of a fresh referral for tried.example, registered or asked for. */
async function deal(scene: Scene, place: Place, registered: boolean, decidedBy?: string): Promise<string> {
  const referral = await refer(scene, place, { client_website: "https://tried.example" });
  const [made] = await scene.ask<{ id: string }>(
    `insert into public.deal_registrations (
       organization_id, partner_id, referral_id, account_domain, account_name, product, status, protected, decided_at, decided_by
     )
     select $1, $2, $3, 'tried.example', 'Tried', 'platform', case when $4 then 'registered' else 'requested' end,
       case when $4 then tstzrange(now() - interval '1 day', now() + interval '1 day') end, case when $4 then now() end, $5
     returning id`,
    [place.id, place.partner, referral, registered, decidedBy ?? null],
  );
  return made?.id ?? "";
}

const decide = ({ call, who, a }: Scene, registration: string, approve: boolean, more = {}) =>
  call(who("org_admin"), "decide_deal_registration", {
    organization: a.id,
    registration,
    approve,
    seen_version: 1,
    ...more,
  });

const statusOf = ({ value }: Scene, registration: string) =>
  value("select status from public.deal_registrations where id = $1", [registration]);

export const dealBehaviours: Behaviours = {
  "a deal that somebody holds is not registered again, another organization's is free": async (scene) => {
    await deal(scene, scene.b, true);
    const first = await decide(scene, await deal(scene, scene.a, false), true);
    const second = await decide(scene, await deal(scene, scene.a, false), true);
    return first.answer.status === "registered" && second.code === "PW054";
  },
  "two registered deals for one account and product exclude each other, whoever writes": async (scene) => {
    await deal(scene, scene.a, true);
    return (
      (await codeOf(
        scene,
        `insert into public.deal_registrations (
           organization_id, partner_id, referral_id, account_domain, account_name, product, status, protected, decided_at
         )
         select organization_id, partner_id, referral_id, account_domain, account_name, product, status,
           tstzrange(now(), now() + interval '1 hour'), now()
         from public.deal_registrations where organization_id = $1 and account_domain = 'tried.example'`,
        [scene.a.id],
      )) === "23P01"
    );
  },
  "a decided deal is not decided again, and a version that was not seen is refused": async (scene) => {
    const id = await deal(scene, scene.a, false);
    const stale = await decide(scene, id, true, { seen_version: 7 });
    const first = await decide(scene, id, false, { reason: "Too small." });
    const second = await decide(scene, id, true);
    return stale.code === "PW006" && first.answer.version === 2 && second.code === "PW056";
  },
  "whoever holds another's deal is named for one's own requests only": async (scene) => {
    const { a, as, ask, b, who } = scene;
    await deal(scene, a, true, who("in both").id);
    const [ours, theirs] = [await deal(scene, a, false), await deal(scene, b, false)];
    await ask("update public.partners set name = 'Holder' where id = $1", [a.partner]);
    const asked = async (registration: string, label = "org_admin") => {
      const { rows, error } = await as<{ partner_name: string | null; decided_by_name: string | null }>(
        who(label),
        "select partner_name, decided_by_name from public.deal_conflict($1, $2)",
        [a.id, registration],
      );
      return error ? error.code : rows.map((row) => `${row.partner_name},${row.decided_by_name}`).join();
    };
    return (
      (await asked(ours)) === `Holder,${who("in both").name}` &&
      (await asked(ours, "only referrals.read")) === "null,null" &&
      (await asked(theirs)) === ""
    );
  },
  "whoever may not decide withdraws a request, and no registered deal": async (scene) => {
    const { a, b, call, who } = scene;
    const withdraw = (registration: string, label: string) =>
      call(who(label), "withdraw_deal_registration", { organization: a.id, registration, seen_version: 1 });
    const [asked, held, theirs] = [await deal(scene, a, false), await deal(scene, a, true), await deal(scene, b, true)];
    return (
      (await withdraw(asked, "data_team")).answer.status === "withdrawn" &&
      (await withdraw(held, "data_team")).code === "42501" &&
      (await statusOf(scene, held)) === "registered" &&
      (await withdraw(theirs, "data_team")).code === "PW012" &&
      (await withdraw(held, "partnership_manager")).answer.status === "withdrawn" &&
      (await withdraw(held, "partnership_manager")).code === "PW056"
    );
  },
  "whoever writes only their own asks for deals of their own referrals, where they are": async (scene) => {
    const { a, b, call, who } = scene;
    const rep = who("sales_rep");
    const ask = (person: typeof rep, organization: string, referral: string) =>
      call(person, "request_deal_registration", { organization, referral, product: "platform" });
    const own = await refer(scene, a, { owner_id: rep.id, client_website: "https://own.example" });
    const others = await refer(scene, a, { client_website: "https://own.example" });
    const elsewhere = await refer(scene, a, { owner_id: who("in both").id, client_website: "https://own.example" });
    return (
      (await ask(rep, a.id, own)).answer.status === "requested" &&
      (await ask(rep, a.id, others)).code === "42501" &&
      (await ask(who("in both"), b.id, elsewhere)).code === "42501"
    );
  },
  "a deal that was asked for and comes to its end is on the timeline, as a job's doing": async (scene) => {
    const id = await deal(scene, scene.a, true);
    await scene.ask(
      "update public.deal_registrations set protected = tstzrange(now() - interval '2 days', now() - interval '1 minute') where id = $1",
      [id],
    );
    await scene.ask("select private.expire_deal_registrations()");
    const told = await scene.value(
      "select string_agg(kind || ' ' || actor, ',' order by id) from public.partner_activity_log where subject_id = $1",
      [id],
    );
    const ends = String(told).split(",");
    return (
      (await statusOf(scene, id)) === "expired" &&
      ends.some((event) => event.startsWith("deal_requested ")) &&
      ends.at(-1) === "deal_expired system:expire-deal-registrations"
    );
  },
  "a deal's product is one of the organization's": async (scene) => {
    const id = await deal(scene, scene.a, false);
    return (
      (await codeOf(scene, "update public.deal_registrations set product = 'nope' where id = $1", [id])) === "PW050" &&
      (await codeOf(
        scene,
        `insert into public.deal_registrations (organization_id, partner_id, referral_id, account_domain, account_name, product)
         select organization_id, partner_id, referral_id, account_domain, account_name, 'nope' from public.deal_registrations where id = $1`,
        [id],
      )) === "PW050"
    );
  },
  "the portal hears of its own partner's deals, and of no rejection": async (scene) => {
    const { a, b, ask } = scene;
    const id = await deal(scene, b, false);
    await ask(
      "update public.deal_registrations set status = 'rejected', decided_at = now(), reason = 'Alpine has it.' where id = $1",
      [id],
    );
    const heard = (organization: string) =>
      ask<{ status: string }>("select to_jsonb(d) as d, d.status from private.registrations_of_partner($1, $2) as d", [
        organization,
        b.partner,
      ]);
    const theirs = await heard(b.id);
    return (
      (await heard(a.id)).length === 0 &&
      theirs.some(({ status }) => status === "under_review") &&
      !JSON.stringify(theirs).includes("Alpine has it.") &&
      theirs.every(({ status }) => status !== "rejected")
    );
  },
};
