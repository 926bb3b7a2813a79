// People: their profile is their own, what colleagues see of it is kept, and who is deleted is forgotten.
import type { Behaviours } from "./access-behaviours.ts";

const profile = "from public.profiles where user_id = $1";

export const personBehaviours: Behaviours = {
  "whoever signs up has a profile, without an address until it is confirmed": async ({ ask, value }) => {
    const [made] = await ask(
      `insert into auth.users (id, aud, role, email, raw_user_meta_data)
       values (gen_random_uuid(), 'authenticated', 'authenticated', 'new@world.test', '{"display_name": "New"}') returning id`,
    );
    const before = await value(`select email ${profile}`, [made?.id]);
    await ask("update auth.users set email_confirmed_at = now() where id = $1", [made?.id]);
    return before === null && (await value(`select email ${profile}`, [made?.id])) === "new@world.test";
  },
  "colleagues see the new name": async ({ as, who, a, b, ask }) => {
    const both = who("in both");
    await as(both, "update public.profiles set display_name = 'Renamed' where user_id = $1", [both.id]);
    const names = await ask(
      "select distinct display_name from public.memberships where user_id = $1 and organization_id in ($2, $3)",
      [both.id, a.id, b.id],
    );
    return names.length === 1 && names[0]?.display_name === "Renamed";
  },
  "who was deactivated is called as they were, until they are back": async ({ as, call, who, a, value }) => {
    const former = who("deactivated");
    const called = () =>
      value("select display_name from public.memberships where organization_id = $1 and user_id = $2", [
        a.id,
        former.id,
      ]);
    const before = await called();
    await as(former, "update public.profiles set display_name = 'Renamed' where user_id = $1", [former.id]);
    const kept = await called();
    const version = await value("select version from public.memberships where organization_id = $1 and user_id = $2", [
      a.id,
      former.id,
    ]);
    await call(who("org_admin"), "reactivate_member", { organization: a.id, member: former.id, seen_version: version });
    return kept === before && (await called()) === "Renamed";
  },
  "a new name renames nobody else": async ({ as, who, value }) => {
    await as(who("vp"), "update public.profiles set display_name = 'Renamed'");
    return Number(await value("select count(*) from public.memberships where display_name = 'Renamed'")) === 1;
  },
  "a changed profile is a new version": async ({ as, who, value }) => {
    const vp = who("vp");
    await as(vp, "update public.profiles set theme = 'dark' where user_id = $1", [vp.id]);
    return Number(await value(`select version ${profile}`, [vp.id])) === 2;
  },
  "a time zone exists": async ({ as, who }) => {
    const vp = who("vp");
    const { error } = await as(vp, "update public.profiles set time_zone = 'Mars/Olympus' where user_id = $1", [vp.id]);
    return error?.code === "23514";
  },
  "nobody makes an organization theirs by switching to it": async ({ as, who, b }) => {
    const vp = who("vp");
    const { error } = await as(vp, "update public.profiles set active_organization_id = $2 where user_id = $1", [
      vp.id,
      b.id,
    ]);
    return error?.code === "23503";
  },
  "who is deleted keeps neither access nor name": async ({ ask, as, who, value }) => {
    const vp = who("vp");
    await ask("delete from auth.users where id = $1", [vp.id]);
    const sees = (await as(vp, "select from public.organizations")).rows.length;
    return (
      sees === 0 &&
      (await value("select display_name from public.memberships where user_id = $1", [vp.id])) === "Former member"
    );
  },
  "who was deactivated before being deleted left when they left": async ({ ask, who, value }) => {
    const left = "select deactivated_at::text from public.memberships where user_id = $1";
    const before = await value(left, [who("deactivated").id]);
    await ask("delete from auth.users where id = $1", [who("deactivated").id]);
    return (await value(left, [who("deactivated").id])) === before;
  },
  "who is deleted is nobody of the platform": async ({ ask, who, value }) => {
    await ask("delete from auth.users where id = $1", [who("staff").id]);
    return (
      Number(await value("select count(*) from private.platform_staff where user_id = $1", [who("staff").id])) === 0
    );
  },
  "people see and end their own sessions only": async ({ ask, as, call, who, value }) => {
    const [vp, rep] = [who("vp"), who("sales_rep")];
    const [session] = await ask(
      "insert into auth.sessions (id, user_id, created_at, updated_at) values (gen_random_uuid(), $1, now(), now()) returning id",
      [vp.id],
    );
    const others = (await as(rep, "select from public.my_sessions()")).rows.length;
    const ended = (await call(rep, "end_session", { session: session?.id })).answer.value;
    const mine = (await as(vp, "select from public.my_sessions()")).rows.length;
    const there = () => value("select count(*) from auth.sessions where id = $1", [session?.id]).then(Number);
    if (others !== 0 || ended !== false || mine !== 1 || (await there()) !== 1) return false;
    await call(vp, "end_session", { session: session?.id });
    return (await there()) === 0;
  },
  "a session counts while it is there, and for its own person": async ({ ask, as, who }) => {
    const [vp, rep] = [who("vp"), who("sales_rep")];
    const [made] = await ask<{ id: string }>(
      "insert into auth.sessions (id, user_id, created_at, updated_at) values (gen_random_uuid(), $1, now(), now()) returning id",
      [vp.id],
    );
    const session = made?.id ?? "";
    const asked = async (id: string) =>
      (await as({ ...vp, id, session }, "select gate.refuse_ended_session()")).error?.code;
    const answers = [await asked(vp.id), await asked(rep.id)];
    await ask("delete from auth.sessions where id = $1", [session]);
    return [...answers, await asked(vp.id)].join() === ",PT401,PT401";
  },
};
