// Several people work on one person, role or invitation at once: whoever comes second waits at the organization's row, before holding
// anything that the first may still need. So nobody ends in a deadlock.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";
import { buildWorld, type Persona, persona, type World } from "../../support/world.ts";

const owner = openOwner();
const { ask } = owner;
const first = new pg.Client(stack().dbUrl);
const second = new pg.Client(stack().dbUrl);
let world: World;
let waiting = 0;

beforeAll(async () => {
  await Promise.all([first.connect(), second.connect()]);
  world = await buildWorld(ask);
  const { rows } = await second.query<{ pid: number }>("select pg_backend_pid() as pid");
  waiting = rows[0]?.pid ?? 0;
});
afterAll(() => Promise.all([owner.close(), first.end(), second.end()]));

const beginAs = async ({ id }: Persona) => {
  await second.query("begin");
  await second.query("select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)", [
    JSON.stringify({ sub: id, role: "authenticated" }),
  ]);
};

const isBlocked = async () =>
  (await ask("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [waiting])).length === 1;

/** What the call holds while somebody else has the organization: the rows it will need must be free. */
async function expectNothingHeld(who: Persona, sql: string, values: unknown[], needed: string, id: unknown) {
  await first.query("begin");
  await first.query("select from public.organizations where id = $1 for no key update", [world.organizations.a.id]);
  await beginAs(who);
  const call = second.query(sql, values);
  try {
    await vi.waitUntil(isBlocked, { timeout: 5000, interval: 20 });
    await first.query(`${needed} for update nowait`, [id]);
  } finally {
    await first.query("rollback");
    await call;
    await second.query("rollback");
  }
}

describe("while somebody else has the organization", () => {
  test.each(["change_member_role", "deactivate_member", "reactivate_member"])(
    "%s holds no membership",
    async (name) => {
      const { a } = world.organizations;
      const rep = persona(world, "sales_rep");
      const role = name === "change_member_role" ? ", role => $3" : "";
      await expectNothingHeld(
        persona(world, "org_admin"),
        `select public.${name}(organization => $1, member => $2${role}, seen_version => 1)`,
        [a.id, rep.id, ...(role ? [a.roles.vp] : [])],
        "select from public.memberships where user_id = $1",
        rep.id,
      );
    },
  );

  test("delete_role holds no role", async () => {
    const { a } = world.organizations;
    const id = randomUUID();
    await ask("insert into public.roles (id, organization_id, key, name) values ($1, $2, $3, $3)", [
      id,
      a.id,
      `custom_${id.slice(0, 8)}`,
    ]);
    await expectNothingHeld(
      persona(world, "org_admin"),
      "select public.delete_role($1, $2, 1)",
      [a.id, id],
      "select from public.roles where id = $1",
      id,
    );
  });

  test("accepting, renewing and withdrawing hold no invitation", async () => {
    const { a } = world.organizations;
    const outsider = persona(world, "outsider");
    const [made] = await ask<{ id: string }>(
      `insert into public.invitations (organization_id, email, role_id, token_hash, invited_by, expires_at)
       values ($1, $2, $3, sha256(convert_to($4, 'UTF8')), $5, now() + interval '1 day') returning id`,
      [a.id, outsider.email, a.roles.sales_rep, "the token", persona(world, "org_admin").id],
    );
    const needed = "select from public.invitations where id = $1";
    const calls: [Persona, string, unknown[]][] = [
      [outsider, "select public.accept_invitation($1)", ["the token"]],
      [outsider, "select public.accept_my_invitation($1)", [made?.id]],
      [persona(world, "org_admin"), "select public.renew_invitation($1, $2)", [a.id, made?.id]],
      [persona(world, "org_admin"), "select public.revoke_invitation($1, $2)", [a.id, made?.id]],
    ];
    for (const [who, sql, values] of calls) await expectNothingHeld(who, sql, values, needed, made?.id);
    expect(await ask("select from public.invitations where id = $1 and accepted_at is null", [made?.id])).toHaveLength(
      1,
    );
  });

  test("leaving holds no membership", async () => {
    const rep = persona(world, "sales_rep");
    await expectNothingHeld(
      rep,
      "select public.leave_organization($1)",
      [world.organizations.a.id],
      "select from public.memberships where user_id = $1",
      rep.id,
    );
  });
});
