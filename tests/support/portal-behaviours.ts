// The portal's door: who is let in, by what, until when; and that nobody stands on both sides of one organization.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import type { Persona } from "./world.ts";

const invite = ({ call, who, a }: Scene, address: string, partner = a.partner, by = "org_admin") =>
  call(who(by), "invite_partner_member", { organization: a.id, partner, address, name: "Invited by a test" });

const lets = async ({ call, a }: Scene, who: Persona) =>
  (await call(who, "portal_partner", { partner: a.partner })).code === null;

const statusOf = ({ value }: Scene, { email }: Persona) =>
  value("select status from public.partner_members where email = $1 order by created_at desc limit 1", [email]);

const beColleague = ({ ask, a }: Scene, { id }: Persona, status: string) =>
  ask(
    `insert into public.memberships (organization_id, user_id, role_id, status, deactivated_at, display_name, avatar_color)
     values ($1, $2, $3, $4, case $4 when 'deactivated' then now() end, 'Colleague', 'teal')`,
    [a.id, id, a.roles.vp, status],
  );

const doorBehaviours: Behaviours = {
  "an invited address is let in at the first call, and only once it is confirmed": async (scene) => {
    const { ask, call, who } = scene;
    const guest = who("outsider");
    await invite(scene, ` ${guest.email.toUpperCase()} `);
    await ask("update auth.users set email_confirmed_at = null where id = $1", [guest.id]);
    await call(guest, "portal_context");
    if ((await lets(scene, guest)) || (await statusOf(scene, guest)) !== "invited") return false;
    await ask("update auth.users set email_confirmed_at = now() where id = $1", [guest.id]);
    const { answer } = await call(guest, "portal_context");
    return (
      answer.partner_id === scene.a.partner && (await lets(scene, guest)) && (await statusOf(scene, guest)) === "active"
    );
  },
  "an invitation lets in nobody with another address": async (scene) => {
    await invite(scene, scene.who("outsider").email);
    await scene.call(scene.who("foreign rep"), "portal_context");
    return (await statusOf(scene, scene.who("outsider"))) === "invited" && !(await lets(scene, scene.who("outsider")));
  },
  "letters that only look like an address after folding are not that address": async (scene) => {
    const guest = scene.who("outsider");
    await invite(scene, "kelvin.guest@world.test");
    await scene.ask("update auth.users set email = $2 where id = $1", [guest.id, "\u212Aelvin.guest@world.test"]);
    await scene.call(guest, "portal_context");
    return !(await lets(scene, guest));
  },
  "whoever is in already stays one person when they are invited under another address": async (scene) => {
    const guest = scene.who("partner user");
    await invite(scene, "changed.guest@world.test");
    await scene.ask("update auth.users set email = 'changed.guest@world.test' where id = $1", [guest.id]);
    const { code } = await scene.call(guest, "portal_context");
    return code === null && (await lets(scene, guest)) && (await statusOf(scene, guest)) === "active";
  },
  "whoever is removed is out at once, and in again only by another invitation": async (scene) => {
    const { call, who, a, value } = scene;
    const guest = who("partner user");
    const member = await value("select id from public.partner_members where user_id = $1", [guest.id]);
    if (!(await lets(scene, guest))) return false;
    const removal = await call(who("org_admin"), "remove_partner_member", { organization: a.id, member });
    const { answer } = await call(guest, "portal_context");
    if (removal.code !== null || (await lets(scene, guest)) || "partner_id" in answer) return false;
    const again = await call(who("org_admin"), "remove_partner_member", { organization: a.id, member });
    await invite(scene, guest.email);
    await call(guest, "portal_context");
    return again.code === "PW012" && (await lets(scene, guest));
  },
  "the portal of an archived partner, and of an organization or tenant that is suspended, is closed": async (scene) => {
    const guest = scene.who("partner user");
    const { a } = scene;
    for (const sql of [
      "update public.partners set archived_at = now() where id = $1",
      "update public.organizations set is_active = false where id = (select organization_id from public.partners where id = $1)",
      `update public.organizations set is_active = false where id = (
         select o.parent_id from public.organizations as o join public.partners as p on p.organization_id = o.id where p.id = $1)`,
    ]) {
      const isOpen = await scene.scene(async () => {
        await scene.ask(sql, [a.partner]);
        return lets(scene, guest);
      });
      if (isOpen) return false;
    }
    return lets(scene, guest);
  },
  "a person who is deleted leaves no name, and no way in for whoever is given the address next": async (scene) => {
    const { ask, who, value } = scene;
    const guest = who("partner user");
    await invite(scene, who("outsider").email);
    await ask("delete from auth.users where id = any ($1)", [[guest.id, who("outsider").id]]);
    const [left] = await ask<{ status: string; email: string; display_name: string }>(
      "select status, email, display_name from public.partner_members where user_id = $1",
      [guest.id],
    );
    return (
      JSON.stringify(left) ===
        '{"status":"removed","email":"former-member@deleted.invalid","display_name":"Former member"}' &&
      (await value("select count(*) from public.partner_members where email = $1", [who("outsider").email])) === "0"
    );
  },
};

const sideBehaviours: Behaviours = {
  "a colleague, or who is invited as one, is not invited into a portal": async (scene) => {
    const { ask, a, who } = scene;
    await ask(
      "update public.memberships set email = 'colleague@world.test' where organization_id = $1 and user_id = $2",
      [a.id, who("vp").id],
    );
    await scene.call(who("org_admin"), "invite_member", {
      organization: a.id,
      address: "soon@world.test",
      role: a.roles.vp,
    });
    await scene.call(who("foreign admin"), "invite_member", {
      organization: scene.b.id,
      address: "elsewhere@world.test",
      role: scene.b.roles.vp,
    });
    const codes = [];
    const fine = [who("foreign rep").email, who("deactivated").email, "elsewhere@world.test"];
    for (const address of ["Colleague@world.test", "soon@world.test", ...fine])
      codes.push((await invite(scene, address)).code);
    await ask("update public.invitations set revoked_at = now() where email = 'soon@world.test'");
    codes.push((await invite(scene, "soon@world.test")).code);
    return codes.join() === "PW071,PW071,,,,";
  },
  "an active colleague finds the portal closed, a former one open": async (scene) => {
    const guest = scene.who("outsider");
    const seat = `insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, joined_at)
      values ($1, $2, $3, 'Both', $4, 'active', now())`;
    const open = (status: string) =>
      scene.scene(async () => {
        await beColleague(scene, guest, status);
        await scene.ask(seat, [scene.a.id, scene.a.partner, guest.email, guest.id]);
        return lets(scene, guest);
      });
    return !(await open("active")) && (await open("deactivated"));
  },
  "an active colleague is not let in by an invitation, a former one is": async (scene) => {
    const guest = scene.who("outsider");
    const open = (status: string) =>
      scene.scene(async () => {
        await invite(scene, guest.email);
        await beColleague(scene, guest, status);
        await scene.call(guest, "portal_context");
        return (await statusOf(scene, guest)) === "active";
      });
    return !(await open("active")) && (await open("deactivated"));
  },
  "a colleague elsewhere is a guest here": async (scene) => {
    const guest = scene.who("foreign rep");
    await invite(scene, guest.email);
    await scene.call(guest, "portal_context");
    return lets(scene, guest);
  },
  "who uses a portal is neither invited nor taken nor brought back as a colleague": async (scene) => {
    const { a, who, attempt } = scene;
    const [guest, former] = [who("partner user"), who("deactivated")];
    const invited = await scene.call(who("org_admin"), "invite_member", {
      organization: a.id,
      address: guest.email,
      role: a.roles.vp,
    });
    await scene.ask(
      `insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, joined_at)
       values ($1, $2, 'former@world.test', 'Former', $3, 'active', now())`,
      [a.id, a.partner, former.id],
    );
    const membership = `insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
      values ($1, $2, $3, 'Taken', 'teal')`;
    const taken = await attempt(membership, [a.id, guest.id, a.roles.vp]);
    const back = await attempt(
      "update public.memberships set status = 'active', deactivated_at = null where organization_id = $1 and user_id = $2",
      [a.id, former.id],
    );
    const elsewhere = await attempt(membership, [scene.b.id, guest.id, scene.b.roles.vp]);
    const codes = [invited.code, taken.error?.code, back.error?.code, elsewhere.error?.code ?? "fine"];
    return codes.join() === "PW072,PW072,PW072,fine";
  },
};

const memberBehaviours: Behaviours = {
  "who may write their own partners invites and removes there only": async (scene) => {
    const { call, who, a, value } = scene;
    const own = String(
      await value("select id from public.partners where organization_id = $1 and owner_id = $2", [
        a.id,
        who("sales_rep").id,
      ]),
    );
    const invited = await invite(scene, "theirs@world.test", own, "sales_rep");
    const others = await invite(scene, "others@world.test", a.partner, "sales_rep");
    const remove = (member: unknown) => call(who("sales_rep"), "remove_partner_member", { organization: a.id, member });
    const codes = [
      invited.code,
      others.code,
      (await remove(invited.answer.id)).code,
      (await remove(scene.targets.partnerMember.id)).code,
    ];
    return codes.join() === ",42501,,42501";
  },
  "who owns a partner in one organization and belongs to another invites in the first only": async (scene) => {
    const { who, a, b, ask, value } = scene;
    const rep = who("foreign rep");
    await ask(
      `insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
       values ($1, $2, $3, 'Rep', 'teal')`,
      [a.id, rep.id, a.roles.sales_rep],
    );
    const theirs = String(
      await value("select id from public.partners where organization_id = $1 and owner_id = $2 limit 1", [
        b.id,
        rep.id,
      ]),
    );
    return (await invite(scene, "nobody@world.test", theirs, "foreign rep")).code === "42501";
  },
  "an address is once in a partner's portal, fifty are, and each change is a version": async (scene) => {
    const { a, ask, value, targets } = scene;
    const first = await invite(scene, "twice@world.test", targets.partner.id);
    const second = await invite(scene, "Twice@World.test", targets.partner.id);
    const none = await invite(scene, "twice@", targets.partner.id);
    await ask(
      `insert into public.partner_members (organization_id, partner_id, email, display_name)
       select $1, $2, 'many' || n || '@world.test', 'Many' from generate_series(1, 48) as n`,
      [a.id, targets.partner.id],
    );
    const fiftieth = await invite(scene, "fiftieth@world.test", targets.partner.id);
    const more = await invite(scene, "more@world.test", targets.partner.id);
    await ask("update public.partner_members set display_name = 'Again' where id = $1", [first.answer.id]);
    const version = await value("select version from public.partner_members where id = $1", [first.answer.id]);
    const codes = [first.code, second.code, none.code, fiftieth.code, more.code];
    return codes.join() === ",PW070,PW013,,PW073" && version === "2";
  },
  "nobody is invited to an archived partner": async (scene) => {
    await scene.ask("update public.partners set archived_at = now() where id = $1", [scene.targets.partner.id]);
    return (await invite(scene, "late@world.test", scene.targets.partner.id)).code === "PW012";
  },
};

export const portalBehaviours: Behaviours = { ...doorBehaviours, ...sideBehaviours, ...memberBehaviours };
