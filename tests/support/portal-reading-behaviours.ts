// What people of partners see in their portal: what is theirs and meant for them, and nothing beside it.
import type { Behaviours } from "./access-behaviours.ts";
import { guestOf, plant, tellsOnlyOurs, told } from "./portal-scene.ts";

export const portalReadingBehaviours: Behaviours = {
  "a guest sees their partner without what is internal, and an owner only while they are there": async (scene) => {
    const { ask, a, who } = scene;
    const owner = who("sales_rep");
    await ask(
      "update public.partners set notes = 'kept inside', agreement_terms = 'kept inside', tags = '{strategic}', owner_id = $2 where id = $1",
      [a.partner, owner.id],
    );
    await ask("update public.partners set name = 'planted theirs' where id = $1", [scene.targets.partner.id]);
    const before = await told(scene, "portal_partner");
    await ask(
      "update public.memberships set status = 'deactivated', deactivated_at = now() where organization_id = $1 and user_id = $2",
      [a.id, owner.id],
    );
    const after = await told(scene, "portal_partner");
    return (
      before.includes(owner.name) &&
      !after.includes(owner.name) &&
      !/planted theirs|kept inside|strategic|@world|health/.test(before)
    );
  },
  "a guest sees referrals of their partner only, without notes and reasons": async (scene) => {
    await plant(
      scene,
      `insert into public.partner_referrals (organization_id, partner_id, client_name, notes, decision_reason, status)
       values ($1, $2, $3, 'kept inside', 'kept inside', 'lost')`,
    );
    const text = await told(scene, "portal_referrals");
    return tellsOnlyOurs(text) && text.includes('"outcome": "lost"') && text.includes('"stage": "Lost"');
  },
  "pages continue after what is the guest's own, and after nothing else": async (scene) => {
    const { value, a, targets } = scene;
    await plant(
      scene,
      "insert into public.partner_referrals (organization_id, partner_id, client_name, referred_at) values ($1, $2, $3, now() + interval '1 minute')",
    );
    await plant(
      scene,
      `insert into public.partner_tasks (organization_id, partner_id, title, is_shared, created_at)
       values ($1, $2, $3, true, now() + interval '1 minute')`,
    );
    for (const minutes of [1, -10000])
      await plant(
        scene,
        `insert into public.partner_documents (organization_id, partner_id, title, document_type, is_shared, created_at)
         values ($1, $2, ${minutes > 0 ? "$3" : "left('earlier', length($3))"}, 'plan', true, now() + interval '${minutes} minutes')`,
      );
    const newest = (table: string, partner: string) =>
      value(
        `select id from public.${table} where partner_id = $1 order by ${table === "partner_referrals" ? "referred_at" : "created_at"} desc limit 1`,
        [partner],
      );
    for (const list of ["referrals", "tasks", "documents"]) {
      const after = async (partner: string) =>
        told(scene, `portal_${list}`, `, after => '${await newest(`partner_${list}`, partner)}'`);
      const own = await after(a.partner);
      if (own === "" || own.includes("planted ours") || (await after(targets.partner.id)) !== "") return false;
    }
    const [event] = await scene.ask<{ cursor: string }>(
      `select format(', %L, %L', occurred_at, md5(source_key)::uuid) as cursor from public.partner_activity_log where subject_label = 'planted theirs' limit 1`,
    );
    for (const list of ["tasks", "documents"]) {
      await scene.ask(`update public.partner_${list} set is_shared = false where title = 'planted ours'`);
      const unshared = await newest(`partner_${list}`, a.partner);
      if ((await told(scene, `portal_${list}`, `, after => '${unshared}'`)) !== "") return false;
    }
    return (await told(scene, "portal_activity", event?.cursor)) === "";
  },
  "a guest sees tasks and comments that are shared with their partner": async (scene) => {
    const { ask, a } = scene;
    await plant(
      scene,
      'insert into public.partner_tasks (organization_id, partner_id, title, is_shared, metadata) values ($1, $2, $3, true, \'{"x": "kept inside"}\')',
    );
    await ask("insert into public.partner_tasks (organization_id, partner_id, title) values ($1, $2, 'kept inside')", [
      a.id,
      a.partner,
    ]);
    await ask(
      `insert into public.partner_task_comments (organization_id, partner_id, task_id, body, author_id, author_name, is_shared)
       select organization_id, partner_id, id, given.body, gen_random_uuid(), 'Somebody', given.is_shared
       from public.partner_tasks, (values ('kept inside', false), ('said aloud', true)) as given (body, is_shared)
       where title like 'planted %'`,
    );
    const text = await told(scene, "portal_tasks");
    return tellsOnlyOurs(text) && text.split("said aloud").length === 2;
  },
  "a guest sees what their colleagues learn": async (scene) => {
    await plant(
      scene,
      "insert into public.partner_training (organization_id, partner_id, title, person_name) values ($1, $2, $3, 'Somebody')",
    );
    return tellsOnlyOurs(await told(scene, "portal_training"));
  },
  "a guest hears what happened with their partner, as far as it is meant for them": async (scene) => {
    const { ask, as, a, who } = scene;
    await plant(
      scene,
      "insert into public.partner_tasks (organization_id, partner_id, title, is_shared) values ($1, $2, $3, true)",
    );
    await ask("insert into public.partner_tasks (organization_id, partner_id, title) values ($1, $2, 'kept inside')", [
      a.id,
      a.partner,
    ]);
    // What they are called by another partner is nothing here.
    await ask(
      `insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, joined_at, created_at)
       values ($1, $2, 'also@world.test', 'kept inside', $3, 'active', now(), now() + interval '1 minute')`,
      [a.id, scene.targets.partner.id, guestOf(scene).id],
    );
    const admin = who("org_admin");
    await as(admin, "update public.partners set tier = 'gold', primary_contact_name = 'kept inside' where id = $1", [
      a.partner,
    ]);
    await scene.call(guestOf(scene), "portal_submit_referral", {
      partner: a.partner,
      client_name: "Brought by a guest",
    });
    const text = await told(scene, "portal_activity", ", page_size => 200");
    return (
      tellsOnlyOurs(text) &&
      text.includes("Your partner manager") &&
      text.includes(`"actor_name": "${guestOf(scene).name}"`) &&
      !text.includes(admin.name) &&
      !text.includes("gold") &&
      !text.includes("user:")
    );
  },
  "events follow each other page by page, each once, also those of one moment": async (scene) => {
    const seen: string[] = [];
    const all = await scene.as<{ id: string }>(
      guestOf(scene),
      "select id from public.portal_activity($1, page_size => 200)",
      [scene.a.partner],
    );
    let last: { id: string; occurred_at: Date } | undefined;
    do {
      const { rows } = await scene.as<{ id: string; occurred_at: string }>(
        guestOf(scene),
        "select id, occurred_at::text from public.portal_activity($1, $2, $3, 2)",
        [scene.a.partner, last?.occurred_at ?? null, last?.id ?? null],
      );
      seen.push(...rows.map(({ id }) => id));
      last = rows.at(-1) as typeof last;
    } while (last && seen.length < 300);
    return seen.length > 2 && seen.join() === all.rows.map(({ id }) => id).join();
  },
};
