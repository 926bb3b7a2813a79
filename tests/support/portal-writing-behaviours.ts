// What people of partners do in their portal: bring referrals, ask for deals, answer tasks, and not too much of it.
import { randomUUID } from "node:crypto";
import type { Behaviours } from "./access-behaviours.ts";
import { guestOf, plant, submit, told } from "./portal-scene.ts";

const referralBehaviours: Behaviours = {
  "a guest's referral begins at the first stage, in the partner's name, with its owner": async (scene) => {
    const { ask, a, who } = scene;
    await ask("update public.partners set owner_id = $2 where id = $1", [a.partner, who("sales_rep").id]);
    const { answer } = await submit(scene, { message: "Please call them" });
    const [row] = await ask("select * from public.partner_referrals where id = $1", [answer.id]);
    return (
      row?.organization_id === a.id &&
      row.partner_id === a.partner &&
      row.source === "portal" &&
      row.status === "submitted" &&
      row.submitted_by === guestOf(scene).id &&
      row.owner_id === who("sales_rep").id &&
      row.notes === "Please call them"
    );
  },
  "a referral that is sent again is the same, and another partner's key is its own": async (scene) => {
    const client_key = randomUUID();
    const other = String(
      await scene.value("select partner_id from public.partner_members where user_id = $1", [
        scene.who("user of another partner").id,
      ]),
    );
    const [first, again, others] = [
      await submit(scene, { client_key }),
      await submit(scene, { client_key }),
      await submit(scene, { client_key }, "user of another partner", other),
    ];
    return first.answer.id === again.answer.id && others.code === null && others.answer.id !== first.answer.id;
  },
  "what is not accepted is refused in the portal's words, without a word of the row": async (scene) => {
    const bad = [
      { client_name: " " },
      { client_name: "two\nlines" },
      { client_email: "nobody" },
      { client_website: "javascript:alert(1)" },
      { client_website: "java\tscript:alert(1)" },
      { estimated_value: "NaN", currency: "EUR" },
      { estimated_value: 10.001, currency: "EUR" },
      { estimated_value: 10.5, currency: "JPY" },
      { estimated_value: 10 },
      { estimated_value: -1, currency: "EUR" },
      { message: "x".repeat(5001) },
    ];
    for (const entry of bad) if ((await submit(scene, entry)).code !== "PW075") return false;
    return (
      (await submit(scene, { estimated_value: 10.5, currency: "EUR", client_website: "https://a.example" })).code ===
      null
    );
  },
  "a deal is under review for a guest, whether it is free, taken or rejected, and however often they ask": async (
    scene,
  ) => {
    const { ask, a, call, targets, value } = scene;
    const request = (account: string, referral: unknown = targets.portal.referral) =>
      call(guestOf(scene), "portal_request_registration", {
        partner: a.partner,
        referral,
        product: "platform",
        account,
      });
    await ask(
      `with theirs as (
         insert into public.partner_referrals (organization_id, partner_id, client_name) values ($1, $2, 'Taken') returning id
       )
       insert into public.deal_registrations (organization_id, partner_id, referral_id, account_domain, account_name, product, status, protected, decided_at)
       select $1, $2, theirs.id, 'taken.example', 'Taken', 'platform', 'registered', tstzrange(now(), now() + interval '1 year'), now() from theirs`,
      [a.id, targets.partner.id],
    );
    const [free, taken] = [await request("free.example"), await request("taken.example")];
    await ask(
      "update public.deal_registrations set status = 'rejected', decided_at = now(), reason = 'kept inside' where id = $1",
      [taken.answer.id],
    );
    const again = [await request("free.example"), await request("taken.example")];
    const answers = [free, taken, ...again].map(({ code, answer }) => `${code} ${answer.status}`);
    const rows = await value("select count(*) from public.deal_registrations where referral_id = $1", [
      targets.portal.referral,
    ]);
    const list = await told(scene, "portal_registrations");
    const theirs = await value("select id from public.partner_referrals where client_name = 'Taken'");
    return (
      (await request("free.example", theirs)).code === "PW012" &&
      (await request("free.example", randomUUID())).code === "PW012" &&
      new Set(answers).size === 1 &&
      answers[0] === "null under_review" &&
      again[0]?.answer.id === free.answer.id &&
      again[1]?.answer.id === taken.answer.id &&
      rows === "2" &&
      list.split(targets.portal.referral).length === 3 &&
      !/Taken|kept inside|reject/.test(list) &&
      !/reject|kept inside/i.test(await told(scene, "portal_activity"))
    );
  },
};

const taskBehaviours: Behaviours = {
  "a guest answers and completes a shared task, under their own name": async (scene) => {
    const { a, call, targets, ask } = scene;
    const key = randomUUID();
    const answer = (args: object) =>
      call(guestOf(scene), "portal_answer_task", { partner: a.partner, task: targets.portal.task, ...args });
    const codes = [
      (await answer({})).code,
      (await answer({ comment: "Sent to you today.", client_key: key })).code,
      (await answer({ comment: "Sent to you today.", client_key: key, complete: true })).code,
    ];
    const [row] = await ask<Record<string, unknown>>(
      `select t.status, count(*) as comments, bool_and(c.is_from_partner and c.is_shared) as is_open, min(c.author_id::text) as author
       from public.partner_tasks as t join public.partner_task_comments as c on c.task_id = t.id where t.id = $1 group by t.status`,
      [targets.portal.task],
    );
    return (
      codes.join() === "PW075,," &&
      row?.status === "completed" &&
      row.comments === "1" &&
      row.is_open === true &&
      row.author === guestOf(scene).id
    );
  },
  "a task that is not shared, another partner's or unknown, answers alike; a cancelled one is not completed": async (
    scene,
  ) => {
    const { a, call, targets, ask, value } = scene;
    await plant(
      scene,
      "insert into public.partner_tasks (organization_id, partner_id, title, is_shared) values ($1, $2, $3, true)",
    );
    const theirs = await value("select id from public.partner_tasks where title = 'planted theirs'");
    const answer = (task: unknown) =>
      call(guestOf(scene), "portal_answer_task", { partner: a.partner, task, complete: true });
    const cancelled = await scene.scene(async () => {
      await ask("update public.partner_tasks set status = 'cancelled' where id = $1", [targets.portal.task]);
      return answer(targets.portal.task);
    });
    await ask("update public.partner_tasks set is_shared = false where id = $1", [targets.portal.task]);
    const codes = [cancelled, await answer(targets.portal.task), await answer(theirs), await answer(randomUUID())].map(
      ({ code }) => code,
    );
    return codes.join() === "PW075,PW012,PW012,PW012";
  },
  "somebody sends at most sixty things in an hour, and takes nothing from others": async (scene) => {
    const { ask, a } = scene;
    await ask(
      "insert into private.portal_writes (organization_id, user_id, written_at) select $1, $2, now() - interval '59 minutes' from generate_series(1, 59)",
      [a.id, guestOf(scene).id],
    );
    const other = String(
      await scene.value("select partner_id from public.partner_members where user_id = $1", [
        scene.who("user of another partner").id,
      ]),
    );
    const codes = [
      (await submit(scene)).code,
      (await submit(scene)).code,
      (await submit(scene, {}, "user of another partner", other)).code,
    ];
    await ask("update private.portal_writes set written_at = written_at - interval '2 minutes'");
    await ask("select private.forget_portal_writes()");
    codes.push((await submit(scene)).code);
    return codes.join() === ",PW074,,";
  },
};

export const portalWritingBehaviours: Behaviours = { ...referralBehaviours, ...taskBehaviours };
