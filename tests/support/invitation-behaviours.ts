// Invitations and seats: for one address, once, for a while, and never more of them than there are seats.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import type { Persona } from "./world.ts";

/** The administrator of A invites; gives the token, which is nowhere else. */
async function invite(scene: Scene, address: string, role = scene.a.roles.sales_rep) {
  const { answer } = await scene.call(scene.who("org_admin"), "invite_member", {
    organization: scene.a.id,
    address,
    role,
  });
  return { id: String(answer.id), token: String(answer.token) };
}

const accept = async (scene: Scene, who: Persona, token: string) =>
  (await scene.call(who, "accept_invitation", { token })).code;

const membershipIn = (scene: Scene, organization: string, who: Persona) =>
  scene.value(
    "select r.key from public.memberships as m join public.roles as r on r.id = m.role_id where m.organization_id = $1 and m.user_id = $2 and m.status = 'active'",
    [organization, who.id],
  );

/** No more seats in A than are taken now, and `more`. */
const limitSeats = (scene: Scene, more: number) =>
  scene.ask("update public.organizations set seat_limit = private.seats_taken(id) + $2 where id = $1", [
    scene.a.id,
    more,
  ]);

const change = (scene: Scene, invitation: string, what: string) =>
  scene.ask(`update public.invitations set ${what} where id = $1`, [invitation]);

export const invitationBehaviours: Behaviours = {
  "an invitation gives its address exactly its role": async (scene) => {
    const outsider = scene.who("outsider");
    const { token } = await invite(scene, ` ${outsider.email.toUpperCase()} `);
    const code = await accept(scene, outsider, token);
    return code === null && (await membershipIn(scene, scene.a.id, outsider)) === "sales_rep";
  },
  "an invitation is for nobody else": async (scene) => {
    const { token, id } = await invite(scene, scene.who("outsider").email);
    const stranger = scene.who("foreign rep");
    const codes = [
      await accept(scene, stranger, token),
      (await scene.call(stranger, "accept_my_invitation", { invitation: id })).code,
    ];
    return codes.every((code) => code === "PW003") && (await membershipIn(scene, scene.a.id, stranger)) === undefined;
  },
  "an invitation works once": async (scene) => {
    const outsider = scene.who("outsider");
    const { token, id } = await invite(scene, outsider.email);
    await accept(scene, outsider, token);
    await scene.call(outsider, "leave_organization", { organization: scene.a.id });
    const again = await accept(scene, outsider, token);
    const listed = (await scene.call(outsider, "accept_my_invitation", { invitation: id })).code;
    return again === "PW003" && listed === "PW003" && (await membershipIn(scene, scene.a.id, outsider)) === undefined;
  },
  "an invitation that expired, was withdrawn or renewed is over": async (scene) => {
    const outsider = scene.who("outsider");
    const { token, id } = await invite(scene, outsider.email);
    const attempts: unknown[] = [];
    for (const what of [
      "expires_at = now() - interval '1 second'",
      "revoked_at = now()",
      "token_hash = sha256('another')",
    ])
      attempts.push(
        await scene.scene(async () => {
          await change(scene, id, what);
          return accept(scene, outsider, token);
        }),
      );
    return attempts.every((code) => code === "PW003");
  },
  "an invitation is worth what its inviter may give by then, in that very organization": async (scene) => {
    const [admin, outsider] = [scene.who("org_admin"), scene.who("outsider")];
    const { token, id } = await invite(scene, outsider.email, scene.a.roles.org_admin);
    // What they are elsewhere does not count.
    await scene.ask(
      `insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
       values ($1, $2, $3, 'Elsewhere', 'teal')`,
      [scene.b.id, admin.id, scene.b.roles.org_admin],
    );
    const codes: unknown[] = [];
    for (const what of [
      "status = 'deactivated', deactivated_at = now()",
      `role_id = '${scene.a.roles.sales_rep}'`,
      `role_id = (select role_id from public.memberships where organization_id = '${scene.a.id}'
        and user_id = '${scene.who("only members.manage").id}')`,
    ])
      codes.push(
        ...(await scene.scene(async () => {
          await scene.ask(`update public.memberships set ${what} where organization_id = $1 and user_id = $2`, [
            scene.a.id,
            admin.id,
          ]);
          const direct = (await scene.call(outsider, "accept_my_invitation", { invitation: id })).code;
          const listed = (await scene.as(outsider, "select from public.my_invitations()")).rows.length;
          return [await accept(scene, outsider, token), direct, listed === 0 ? "PW003" : "listed"];
        })),
      );
    return codes.every((code) => code === "PW003") && (await accept(scene, outsider, token)) === null;
  },
  "who sends an invitation again vouches for it, within the domains of then": async (scene) => {
    const { id } = await invite(scene, scene.who("outsider").email);
    const about = { organization: scene.a.id, invitation: id };
    const renewed = await scene.call(scene.who("in both"), "renew_invitation", about);
    const inviter = await scene.value("select invited_by from public.invitations where id = $1", [id]);
    await scene.ask(
      `update public.configurations set value = '["elsewhere.test"]' where organization_id = $1 and key = 'allowed_domains'`,
      [scene.a.id],
    );
    const outside = await scene.call(scene.who("in both"), "renew_invitation", about);
    return renewed.code === null && inviter === scene.who("in both").id && outside.code === "PW004";
  },
  "nothing is accepted into a suspended organization": async (scene) => {
    const outsider = scene.who("outsider");
    const { token, id } = await invite(scene, outsider.email);
    await scene.ask("update public.organizations set is_active = false where id = $1", [scene.a.id]);
    const listed = await scene.call(outsider, "my_invitations");
    const direct = (await scene.call(outsider, "accept_my_invitation", { invitation: id })).code;
    return (
      (await accept(scene, outsider, token)) === "PW003" && direct === "PW003" && listed.answer.value === undefined
    );
  },
  "nothing is accepted below a suspended tenant": async (scene) => {
    const outsider = scene.who("outsider");
    const { token } = await invite(scene, outsider.email);
    await scene.ask(
      "update public.organizations set is_active = false where id = (select parent_id from public.organizations where id = $1)",
      [scene.a.id],
    );
    return (await accept(scene, outsider, token)) === "PW003";
  },
  "an address that is not confirmed accepts nothing, sees nothing and begins nothing": async (scene) => {
    const outsider = scene.who("outsider");
    const { token, id } = await invite(scene, outsider.email);
    await scene.ask("update auth.users set email_confirmed_at = null where id = $1", [outsider.id]);
    const codes = [
      await accept(scene, outsider, token),
      (await scene.call(outsider, "accept_my_invitation", { invitation: id })).code,
      (await scene.call(outsider, "create_organization", { organization_name: "Mine" })).code,
    ];
    const listed = await scene.call(outsider, "my_invitations");
    return !codes.includes(null) && codes[2] === "PW010" && listed.answer.value === undefined;
  },
  "people see the open invitations to their own address and no others": async (scene) => {
    const outsider = scene.who("outsider");
    const { id } = await invite(scene, outsider.email);
    await invite(scene, `${scene.targets.word}.else@world.test`);
    const { rows } = await scene.as<{ invitation_id: string }>(
      outsider,
      "select invitation_id from public.my_invitations()",
    );
    const ended: number[] = [];
    for (const what of [
      "expires_at = now() - interval '1 second'",
      "revoked_at = now()",
      `accepted_at = now(), accepted_by = '${outsider.id}'`,
    ])
      ended.push(
        await scene.scene(async () => {
          await change(scene, id, what);
          return (await scene.as(outsider, "select from public.my_invitations()")).rows.length;
        }),
      );
    return rows.map((row) => row.invitation_id).join() === id && ended.every((count) => count === 0);
  },
  "what was accepted or withdrawn is neither renewed nor withdrawn again": async (scene) => {
    const { id } = await invite(scene, scene.who("outsider").email);
    const admin = scene.who("org_admin");
    const about = { organization: scene.a.id, invitation: id };
    const codes: unknown[] = [];
    for (const what of ["revoked_at = now()", `accepted_at = now(), accepted_by = '${admin.id}'`])
      for (const name of ["renew_invitation", "revoke_invitation"])
        codes.push(
          await scene.scene(async () => {
            await change(scene, id, what);
            return (await scene.call(admin, name, about)).code;
          }),
        );
    return codes.every((code) => code === "PW003");
  },
  "who manages members alone invites, and renews, nobody above themselves": async (scene) => {
    const manager = scene.who("only members.manage");
    const { id } = await invite(scene, `${scene.targets.word}.boss@world.test`, scene.a.roles.org_admin);
    const invited = await scene.call(manager, "invite_member", {
      organization: scene.a.id,
      address: `${scene.targets.word}.vp@world.test`,
      role: scene.a.roles.vp,
    });
    const renewed = await scene.call(manager, "renew_invitation", { organization: scene.a.id, invitation: id });
    return invited.code === "PW009" && renewed.code === "PW009";
  },
  "an address outside the allowed domains is not invited": async ({ call, who, a, targets }) => {
    const { code } = await call(who("org_admin"), "invite_member", {
      organization: a.id,
      address: `${targets.word}@elsewhere.test`,
      role: a.roles.sales_rep,
    });
    return code === "PW004";
  },
  "who is a member, or invited, is not invited again": async (scene) => {
    const { email } = scene.who("outsider");
    await invite(scene, email);
    const args = { organization: scene.a.id, role: scene.a.roles.sales_rep };
    const invited = await scene.call(scene.who("org_admin"), "invite_member", { ...args, address: email });
    const member = await scene.call(scene.who("org_admin"), "invite_member", {
      ...args,
      address: scene.who("vp").email,
    });
    return invited.code === "PW005" && member.code === "PW005";
  },
  "active members and open invitations take the seats, of their own organization only": async (scene) => {
    const former = await invite(scene, `${scene.targets.word}.former@world.test`);
    const late = await invite(scene, `${scene.targets.word}.late@world.test`);
    await change(scene, former.id, "revoked_at = now()");
    await change(scene, late.id, "expires_at = now() - interval '1 second'");
    const [row] = await scene.ask<{ told: string; counted: string }>(
      `select private.seats_taken($1) as told,
         (select count(*) from public.memberships where organization_id = $1 and status = 'active')
         + (select count(*) from public.invitations
            where organization_id = $1 and accepted_at is null and revoked_at is null and expires_at > now()) as counted`,
      [scene.a.id],
    );
    return row?.told === row?.counted;
  },
  "a full organization invites nobody": async (scene) => {
    await limitSeats(scene, 0);
    const args = {
      organization: scene.a.id,
      address: `${scene.targets.word}@world.test`,
      role: scene.a.roles.sales_rep,
    };
    const full = await scene.call(scene.who("org_admin"), "invite_member", args);
    await limitSeats(scene, 1);
    const free = await scene.call(scene.who("org_admin"), "invite_member", args);
    return full.code === "PW001" && free.code === null;
  },
  "a full organization takes nobody back": async (scene) => {
    await limitSeats(scene, 0);
    const { id, version } = scene.targets.formerMember;
    const args = { organization: scene.a.id, member: id, seen_version: version };
    const full = await scene.call(scene.who("org_admin"), "reactivate_member", args);
    await limitSeats(scene, 1);
    const free = await scene.call(scene.who("org_admin"), "reactivate_member", args);
    return full.code === "PW001" && free.code === null;
  },
  "an open invitation holds the seat that its acceptance takes": async (scene) => {
    const outsider = scene.who("outsider");
    const { token } = await invite(scene, outsider.email);
    await limitSeats(scene, 0);
    return (await accept(scene, outsider, token)) === null;
  },
  "an expired invitation gives its seat back, and asks for one again": async (scene) => {
    const { id } = await invite(scene, scene.who("outsider").email);
    await change(scene, id, "expires_at = now() - interval '1 second'");
    await limitSeats(scene, 0);
    const { code } = await scene.call(scene.who("org_admin"), "renew_invitation", {
      organization: scene.a.id,
      invitation: id,
    });
    return code === "PW001";
  },
  "no member is added to a full organization, whoever adds": async (scene) => {
    await limitSeats(scene, 0);
    const { error } = await scene.attempt(
      `insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color) values ($1, $2, $3, 'x', 'slate')`,
      [scene.a.id, scene.who("outsider").id, scene.a.roles.vp],
    );
    return error?.code === "PW001";
  },
  "a renewed invitation counts as a new version": async (scene) => {
    const { id } = await invite(scene, scene.who("outsider").email);
    await scene.call(scene.who("org_admin"), "renew_invitation", { organization: scene.a.id, invitation: id });
    return Number(await scene.value("select version from public.invitations where id = $1", [id])) === 2;
  },
  "one address is mailed five times an hour, however it is asked for": async (scene) => {
    const admin = scene.who("org_admin");
    const address = `${scene.targets.word}.often@world.test`;
    const renewing = await scene.scene(async () => {
      const { id } = await invite(scene, address);
      const codes: unknown[] = [];
      for (let time = 0; time < 5; time++)
        codes.push((await scene.call(admin, "renew_invitation", { organization: scene.a.id, invitation: id })).code);
      return codes.join() === ",,,,PW030";
    });
    const inviting: unknown[] = [];
    for (let time = 0; time < 6; time++) {
      const args = { organization: scene.a.id, address, role: scene.a.roles.sales_rep };
      const { code, answer } = await scene.call(admin, "invite_member", args);
      inviting.push(code);
      if (code === null) await change(scene, String(answer.id), "revoked_at = now()");
    }
    return renewing && inviting.join() === ",,,,,PW030";
  },
  "who names somebody else's invitation leaves nothing in the log": async (scene) => {
    const { id } = await invite(scene, scene.who("outsider").email);
    const count = () => scene.value("select count(*) from public.audit_log").then(Number);
    const before = await count();
    await scene.call(scene.who("foreign rep"), "accept_my_invitation", { invitation: id });
    return (await count()) === before;
  },
  "who was deactivated comes back by an invitation, in its role": async (scene) => {
    const former = scene.who("deactivated");
    const { token } = await invite(scene, former.email);
    return (
      (await accept(scene, former, token)) === null && (await membershipIn(scene, scene.a.id, former)) === "sales_rep"
    );
  },
  "a role that somebody is invited to is not deleted, and the invitation stays": async (scene) => {
    const role = scene.targets.otherEmptyRole.id;
    const { id } = await invite(scene, scene.who("outsider").email, role);
    const about = { organization: scene.a.id, role, seen_version: 1 };
    const { code } = await scene.call(scene.who("org_admin"), "delete_role", about);
    const there = await scene.value("select id from public.invitations where id = $1", [id]);
    await change(scene, id, "revoked_at = now()");
    const later = await scene.call(scene.who("org_admin"), "delete_role", about);
    return code === "PW008" && there === id && later.code === null;
  },
  "who is a member, or invited, elsewhere is invited all the same, and stays invited there": async (scene) => {
    const member = await scene.call(scene.who("org_admin"), "invite_member", {
      organization: scene.a.id,
      address: scene.who("foreign admin").email,
      role: scene.a.roles.sales_rep,
    });
    const [theirs] = await scene.ask<{ id: string; email: string }>(
      `update public.invitations set expires_at = now() - interval '1 second' where organization_id = $1 returning id, email`,
      [scene.b.id],
    );
    const invited = await scene.call(scene.who("org_admin"), "invite_member", {
      organization: scene.a.id,
      address: theirs?.email,
      role: scene.a.roles.sales_rep,
    });
    const left = await scene.value("select revoked_at from public.invitations where id = $1", [theirs?.id]);
    return member.code === null && invited.code === null && left === null;
  },
  "an invitation keeps the moment it was withdrawn": async (scene) => {
    const { email } = scene.who("outsider");
    const { id } = await invite(scene, email);
    await change(scene, id, "revoked_at = now() - interval '1 day', expires_at = now() - interval '1 hour'");
    const withdrawn = () => scene.value("select revoked_at::text from public.invitations where id = $1", [id]);
    const before = await withdrawn();
    await invite(scene, email);
    return (await withdrawn()) === before;
  },
};
