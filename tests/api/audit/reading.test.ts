// Who reads the audit log, by which filters, and that nobody writes it: over HTTP, as the app and an attacker would.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf, demoToken, request } from "../../support/clients.ts";
import { openOwner } from "../../support/owner.ts";
import { sealAll } from "../../support/seal.ts";
import { stack } from "../../support/stack.ts";

const owner = openOwner();
const who = (email: string) => ({ email });
const [admin, vp, rep, stranger] = [
  "admin@northwind.test",
  "vp@northwind.test",
  "rep@northwind.test",
  "admin@contoso.test",
].map(who);
let northwind: string;
let contoso: string;

beforeAll(async () => {
  // Signed in once with the demo's password; clientOf finds the token by address.
  for (const person of [admin, vp, rep, stranger]) if (person) await demoToken(person.email);
  const rows = await owner.ask<{ slug: string; id: string }>("select slug, id from public.organizations");
  const idOf = (slug: string) => rows.find((row) => row.slug === slug)?.id ?? "";
  northwind = idOf("northwind");
  contoso = idOf("contoso");
});
afterAll(() => owner.close());

const fingerprint = async () => {
  const [row] = await owner.ask(
    `select count(*)::int as events, sum(hashtextextended(e::text, 0))::text as sum from public.audit_log as e
     where e.organization_id = any ($1) and action <> 'denied'`,
    [[northwind, contoso]],
  );
  return row;
};

describe("reading", () => {
  test("administrators and VPs read their organization's log", async () => {
    for (const person of [admin, vp]) {
      const { data, error } = await clientOf(person ?? null).rpc("audit_page", {
        organization: northwind,
        page_size: 5,
      });
      expect(error).toBeNull();
      expect(data).toHaveLength(5);
    }
  });

  test.each([
    ["audit_page", {}],
    ["audit_facets", {}],
    ["audit_chain_state", {}],
    ["verify_audit_log", {}],
  ])(
    "%s is refused without the right, alike for a foreign organization and one that does not exist",
    async (name, args) => {
      const answers = await Promise.all(
        [
          [rep, northwind],
          [stranger, northwind],
          [admin, contoso],
          [admin, crypto.randomUUID()],
        ].map(async ([person, organization]) => {
          const { error } = await clientOf(person as { email: string }).rpc(name, { ...args, organization });
          return [error?.code, error?.message];
        }),
      );
      expect(new Set(answers.map(String)).size).toBe(1);
      expect(answers[0]?.[0]).toBe("42501");
      expect(
        (await request(null, `/rpc/${name}`, { method: "POST", body: JSON.stringify({ organization: northwind }) }))
          .status,
      ).toBe(401);
    },
  );

  test("the table itself is closed to everybody", async () => {
    for (const person of [admin, stranger, rep, null]) {
      const { data, error } = await clientOf(person ?? null)
        .from("audit_log")
        .select("organization_id")
        .limit(1);
      expect([error?.code, data]).toEqual(["42501", null]);
    }
  });

  test("pages follow each other without a gap or an overlap, with every filter", async () => {
    const client = clientOf(admin ?? null);
    const filters = [
      {},
      { tables: ["roles", "memberships"] },
      { actions: ["insert"] },
      { actors: ["system:postgres"], tables: ["role_permissions"] },
    ];
    for (const filter of filters) {
      const seen: number[] = [];
      for (let before: number | null = null; ; ) {
        const { data, error }: { data: { id: number }[] | null; error: unknown } = await client.rpc("audit_page", {
          organization: northwind,
          page_size: 40,
          ...filter,
          ...(before !== null && { before_id: before }),
        });
        expect(error).toBeNull();
        seen.push(...(data ?? []).map(({ id }) => id));
        if (!data || data.length < 40) break;
        before = data.at(-1)?.id ?? null;
      }
      const expected = await owner.ask<{ id: number }>(
        `select id::int from public.audit_log where organization_id = $1
           and ($2::text[] is null or table_name = any ($2)) and ($3::text[] is null or action = any ($3))
           and ($4::text[] is null or actor = any ($4)) and id <= $5
         order by id desc`,
        [northwind, filter.tables ?? null, filter.actions ?? null, filter.actors ?? null, seen[0] ?? 0],
      );
      expect(seen).toEqual(expected.map(({ id }) => id));
    }
  });

  test("a period and a row find what they name, whether sealed or not", async () => {
    const client = clientOf(admin ?? null);
    const [{ id: role = "" } = {}] = await owner.ask<{ id: string }>(
      "select id from public.roles where organization_id = $1 and key = 'vp'",
      [northwind],
    );
    await owner.ask("update public.roles set description = description || '.' where id = $1", [role]);
    const sealedOrNot = async () => {
      const { data } = await client.rpc("audit_page", { organization: northwind, subject: role, tables: ["roles"] });
      return data?.map(({ action, row_id }: { action: string; row_id: string }) => [action, row_id]);
    };
    const before = await sealedOrNot();
    expect(before?.[0]).toEqual(["update", role]);
    await sealAll(owner.ask);
    expect(await sealedOrNot()).toEqual(before);
    const inTheFuture = new Date(Date.now() + 3_600_000).toISOString();
    expect((await client.rpc("audit_page", { organization: northwind, since: inTheFuture })).data).toEqual([]);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    expect(
      (await client.rpc("audit_page", { organization: northwind, since: yesterday, until: inTheFuture })).data?.length,
    ).toBeGreaterThan(0);
  });

  test("the chain verifies through the API, stretch by stretch", async () => {
    await sealAll(owner.ask);
    const { data } = await clientOf(admin ?? null)
      .rpc("verify_audit_log", { organization: northwind, most_rows: 50 })
      .single<{
        ok: boolean;
        checked: number;
        verified_up_to: number;
      }>();
    expect(data).toMatchObject({ ok: true, checked: 50, verified_up_to: 50 });
  });
});

describe("forging", () => {
  test.each([
    ["POST", "/audit_log", { actor: "user:x", action: "insert", table_name: "x", row_id: "x" }],
    ["PATCH", "/audit_log?id=gt.0", { actor: "user:x" }],
    ["DELETE", "/audit_log?id=gt.0", undefined],
  ])("%s on the log is refused to an administrator and to the secret key", async (method, path, row) => {
    const before = await fingerprint();
    const body = row && JSON.stringify({ ...row, ...(method === "POST" && { organization_id: northwind }) });
    const asAdmin = await request(admin ?? null, path, { method, ...(body && { body }) });
    expect(asAdmin.status).toBe(403);
    const { apiUrl, secretKey } = stack();
    const asService = await fetch(`${apiUrl}/rest/v1${path}`, {
      method,
      headers: { apikey: secretKey, "content-type": "application/json" },
      ...(body && { body }),
    });
    expect(asService.status).toBe(403);
    expect(await fingerprint()).toEqual(before);
  });

  test("an administrator's change is logged as theirs, now, whatever they send along", async () => {
    const client = clientOf(admin ?? null);
    const settings = { look: crypto.randomUUID(), actor: "user:x", occurred_at: "2001-01-01" };
    const { error } = await client.from("organizations").update({ settings }).eq("id", northwind);
    expect(error).toBeNull();
    const { data } = await client.rpc("audit_page", { organization: northwind, page_size: 1 });
    const [event] = data ?? [];
    const [{ user_id: id = "" } = {}] = await owner.ask<{ user_id: string }>(
      "select user_id from public.profiles where email = $1",
      [admin?.email],
    );
    expect(event).toMatchObject({
      actor: `user:${id}`,
      actor_name: "Anna Lindqvist",
      action: "update",
      table_name: "organizations",
    });
    expect(Math.abs(Date.parse(event.occurred_at) - Date.now())).toBeLessThan(60_000);
    expect(event.changes.settings[1]).toEqual(settings);
  });

  test("a refused attempt is logged without what was sent", async () => {
    const role = crypto.randomUUID();
    const { error } = await clientOf(rep ?? null).rpc("invite_member", {
      organization: northwind,
      address: "secret-address@example.test",
      role,
    });
    expect(error?.code).toBe("42501");
    const { data } = await clientOf(admin ?? null).rpc("audit_page", {
      organization: northwind,
      actions: ["denied"],
      page_size: 1,
    });
    expect(data?.[0]).toMatchObject({
      action: "denied",
      actor_name: "Sofia Reyes",
      changes: { attempted: "invite_member" },
    });
    const found = await owner.ask("select from public.audit_log as e where e::text like '%secret-address%'");
    expect(found).toEqual([]);
  });

  test.each(["erase_personal_data", "unanchored_audit_heads", "record_audit_anchors"])(
    "%s is for the secret key alone",
    async (name) => {
      const args = { person: crypto.randomUUID(), reason: "x", heads: [], place: "x" };
      const wanted = Object.fromEntries(
        Object.entries(args).filter(([key]) =>
          (name === "erase_personal_data"
            ? ["person", "reason"]
            : name === "record_audit_anchors"
              ? ["heads", "place"]
              : []
          ).includes(key),
        ),
      );
      expect((await clientOf(admin ?? null).rpc(name, wanted)).error?.code).toBe("42501");
      expect((await clientOf(null).rpc(name, wanted)).error?.code).toBe("42501");
    },
  );
});
