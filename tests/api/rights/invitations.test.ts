// Invitations and seats over HTTP: what is refused, and that of many at once no more get in than there are seats.
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { changesNothing } from "../../support/attack.ts";
import { clientOf } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { prepareTargets, type Targets } from "../../support/targets.ts";
import { buildWorld, type Organization, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
let world: World;
let a: Organization;
let admin: Persona;
let outsider: Persona;
let targets: Targets;
beforeEach(async () => {
  world = await buildWorld(ask);
  a = world.organizations.a;
  admin = persona(world, "org_admin");
  outsider = persona(world, "outsider");
  targets = await prepareTargets(ask, a);
});
afterAll(() => owner.close());

const invite = async (address: string, role = a.roles.sales_rep) =>
  clientOf(admin).rpc("invite_member", { organization: a.id, address, role });
const accept = async (who: Persona, token: string) => clientOf(who).rpc("accept_invitation", { token });
const roleOf = async ({ id }: Persona) => {
  const [row] = await ask<{ key: string }>(
    `select r.key from public.memberships as m join public.roles as r on r.id = m.role_id
     where m.organization_id = $1 and m.user_id = $2 and m.status = 'active'`,
    [a.id, id],
  );
  return row?.key;
};
const leaveSeats = (free: number) =>
  ask("update public.organizations set seat_limit = private.seats_taken(id) + $2 where id = $1", [a.id, free]);
const seats = async () => {
  const [row] = await ask<{ taken: number; limit: number }>(
    "select private.seats_taken(id)::int as taken, seat_limit::int as limit from public.organizations where id = $1",
    [a.id],
  );
  return row;
};

describe("an invitation", () => {
  test("gives its role to its address, once, whatever else is tried", async () => {
    const { data } = await invite(outsider.email);
    const wrong = await changesNothing(ask, world, async () => [
      await accept(persona(world, "foreign rep"), data.token),
      await accept(outsider, `${data.token.slice(0, -1)}${data.token.endsWith("0") ? "1" : "0"}`),
      await accept(outsider, data.token.toUpperCase()),
      await accept(outsider, ""),
      await clientOf(outsider).rpc("accept_my_invitation", { invitation: targets.invitation }),
    ]);
    // One answer for all of them, word for word.
    expect(new Set(wrong.map(({ status, error }) => JSON.stringify([status, error])))).toHaveLength(1);
    expect(wrong[0]).toMatchObject({ status: 400, error: { code: "PW003" } });
    const smuggled = await clientOf(outsider).rpc("accept_invitation", { token: data.token, role: a.roles.org_admin });
    expect(smuggled.error?.code).toBe("PGRST202");
    expect((await accept(outsider, data.token)).error).toBeNull();
    expect(await roleOf(outsider)).toBe("sales_rep");
    await clientOf(outsider).rpc("leave_organization", { organization: a.id });
    expect((await accept(outsider, data.token)).error?.code).toBe("PW003");
    expect(await roleOf(outsider)).toBeUndefined();
  });

  test.each([
    ["expired", "expires_at = now() - interval '1 second'"],
    ["was withdrawn", "revoked_at = now()"],
  ])("that %s opens nothing", async (_what, change) => {
    const { data } = await invite(outsider.email);
    await ask(`update public.invitations set ${change} where id = $1`, [data.id]);
    expect((await accept(outsider, data.token)).error?.code).toBe("PW003");
    expect(await roleOf(outsider)).toBeUndefined();
    expect((await clientOf(outsider).rpc("my_invitations")).data).toEqual([]);
    const again = await invite(outsider.email);
    expect((await accept(outsider, again.data.token)).error).toBeNull();
  });

  test("that was renewed opens by the new token only", async () => {
    const { data } = await invite(outsider.email);
    const renewed = await clientOf(admin).rpc("renew_invitation", { organization: a.id, invitation: data.id });
    expect((await accept(outsider, data.token)).error?.code).toBe("PW003");
    expect((await accept(outsider, renewed.data.token)).error).toBeNull();
  });

  test("waits until the address is confirmed", async () => {
    const { data } = await invite(outsider.email);
    // The token was given out while the address was confirmed; what counts is the table.
    const client = clientOf(outsider);
    expect((await client.rpc("my_invitations")).data).toHaveLength(1);
    await ask("update auth.users set email_confirmed_at = null where id = $1", [outsider.id]);
    expect((await client.rpc("accept_invitation", { token: data.token })).error).toMatchObject({ code: "PW010" });
    await ask("update auth.users set email_confirmed_at = now() where id = $1", [outsider.id]);
    expect((await client.rpc("accept_invitation", { token: data.token })).error).toBeNull();
  });

  test("cannot be altered by who it is for, nor by who sent it", async () => {
    const { data } = await invite(outsider.email);
    for (const who of [outsider, admin]) {
      const { error } = await changesNothing(ask, world, async () =>
        clientOf(who)
          .from("invitations")
          .update({ role_id: a.roles.org_admin, email: "other@world.test" })
          .eq("id", data.id),
      );
      expect(error?.code).toBe("42501");
    }
    expect((await accept(outsider, data.token)).error).toBeNull();
    expect(await roleOf(outsider)).toBe("sales_rep");
  });

  test("never shows its token again", async () => {
    await invite(outsider.email);
    for (const column of ["token_hash", "token"]) {
      const { error } = await clientOf(admin).from("invitations").select(column);
      expect(error, column).not.toBeNull();
    }
    expect((await clientOf(admin).from("invitations").select("*")).error?.code).toBe("42501");
  });

  test("gives nobody more than who sends it holds", async () => {
    await ask(
      `insert into public.role_permissions (organization_id, role_id, permission, scope) values ($1, $2, 'members.manage', 'all')`,
      [a.id, a.roles.sales_manager],
    );
    const manager = clientOf(persona(world, "sales_manager"));
    for (const role of [a.roles.org_admin, a.roles.vp, a.roles.data_team]) {
      const { error } = await changesNothing(ask, world, async () =>
        manager.rpc("invite_member", { organization: a.id, address: outsider.email, role }),
      );
      expect(error?.code).toBe("PW009");
    }
    const same = await manager.rpc("invite_member", {
      organization: a.id,
      address: outsider.email,
      role: a.roles.sales_rep,
    });
    expect(same.error).toBeNull();
  });
});

describe("the last seat", () => {
  test("of ten invited at once, goes to exactly one", async () => {
    await leaveSeats(1);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => invite(`${targets.word}-${n}@world.test`)));
    expect(answers.map(({ error }) => error?.code ?? "in").sort()).toEqual([
      "PW001",
      "PW001",
      "PW001",
      "PW001",
      "PW001",
      "PW001",
      "PW001",
      "PW001",
      "PW001",
      "in",
    ]);
    const now = await seats();
    expect(now?.taken).toBe(now?.limit);
  });

  test("goes to one, when people are invited, taken back, let in and invited again at once", async () => {
    // Two who were invited hold their seats; one more is free, and eight want it.
    const sure = await Promise.all([invite(outsider.email), invite(persona(world, "staff").email)]);
    const former = await Promise.all([prepareTargets(ask, a), prepareTargets(ask, a), prepareTargets(ask, a)]);
    const expired = await invite(`${targets.word}-late@world.test`);
    await ask("update public.invitations set expires_at = now() - interval '1 second' where id = $1", [
      expired.data.id,
    ]);
    await leaveSeats(1);
    const wanting = [
      ...former.map(({ formerMember: { id, version } }) =>
        clientOf(admin).rpc("reactivate_member", { organization: a.id, member: id, seen_version: version }),
      ),
      ...[1, 2, 3, 4].map((n) => invite(`${targets.word}-${n}@world.test`)),
      clientOf(admin).rpc("renew_invitation", { organization: a.id, invitation: expired.data.id }),
    ];
    const holding = [accept(outsider, sure[0].data.token), accept(persona(world, "staff"), sure[1].data.token)];
    const [wanted, held] = await Promise.all([Promise.all(wanting), Promise.all(holding)]);
    expect(held.map(({ error }) => error)).toEqual([null, null]);
    expect(wanted.filter(({ error }) => error === null)).toHaveLength(1);
    expect(new Set(wanted.flatMap(({ error }) => (error ? [error.code] : [])))).toEqual(new Set(["PW001"]));
    const now = await seats();
    expect(now?.taken).toBe(now?.limit);
  });

  test("is not taken twice by one invitation that is accepted ten times at once", async () => {
    const { data } = await invite(outsider.email);
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(outsider, data.token)));
    expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
    const [count] = await ask<{ rows: number }>(
      "select count(*)::int as rows from public.memberships where organization_id = $1 and user_id = $2",
      [a.id, outsider.id],
    );
    expect(count?.rows).toBe(1);
  });
});
