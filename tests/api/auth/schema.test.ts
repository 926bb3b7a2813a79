import pg from "pg";
import { describe, expect, it } from "vitest";
import { stack } from "../../support/stack.ts";
import { query } from "./support.ts";

const TABLES = [
  "audit_log_entries",
  "flow_state",
  "identities",
  "mfa_amr_claims",
  "mfa_challenges",
  "mfa_factors",
  "one_time_tokens",
  "refresh_tokens",
  "schema_migrations",
  "sessions",
  "users",
];

describe("the schema auth", () => {
  it("belongs to the Auth service, with row level security on every table", async () => {
    const rows = await query<{ name: string }>(
      `select relname as name, pg_get_userbyid(relowner) as owner, relrowsecurity as rls
         from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r' order by relname`,
    );
    expect(rows).toEqual(TABLES.map((name) => ({ name, owner: "supabase_auth_admin", rls: true })));
  });

  it("gives the API roles no right on any table or column", async () => {
    const rows = await query(
      `select r.rolname, c.relname, p.privilege
         from pg_class c, (values ('anon'), ('authenticated'), ('service_role')) as r (rolname),
           (values ('SELECT'), ('INSERT'), ('UPDATE'), ('REFERENCES')) as p (privilege)
        where c.relnamespace = 'auth'::regnamespace and c.relkind = 'r'
          and has_any_column_privilege(r.rolname, c.oid, p.privilege)`,
    );
    expect(rows).toEqual([]);
  });

  it("lets migrations refer to people and put triggers on them", async () => {
    const client = new pg.Client({ connectionString: stack().dbUrl });
    await client.connect();
    try {
      await client.query("begin");
      await client.query("create table public.auth_probe (id uuid references auth.users (id) on delete cascade)");
      await client.query(
        "create function public.auth_probe_fn() returns trigger language plpgsql as 'begin return new; end'",
      );
      await client.query(
        "create trigger auth_probe after insert on auth.users for each row execute function public.auth_probe_fn()",
      );
      const refused = client.query("alter table auth.users add column probe text");
      await expect(refused).rejects.toMatchObject({ code: "42501" });
    } finally {
      await client.query("rollback");
      await client.end();
    }
  });

  it.each([
    [
      "one JSON setting",
      `set local "request.jwt.claims" = '{"sub":"00000000-0000-0000-0000-000000000001","role":"authenticated","email":"a@auth.test"}'`,
    ],
    [
      "a setting per claim",
      `set local "request.jwt.claim.sub" = '00000000-0000-0000-0000-000000000001'; set local "request.jwt.claim.role" = 'authenticated'; set local "request.jwt.claim.email" = 'a@auth.test'`,
    ],
  ])("tells policies who is asking, from %s", async (_how, settings) => {
    const client = new pg.Client({ connectionString: stack().dbUrl });
    await client.connect();
    try {
      await client.query("begin");
      const nobody = await client.query(
        "select auth.uid() as uid, auth.role() as role, auth.email() as email, auth.jwt() as jwt",
      );
      expect(nobody.rows).toEqual([{ uid: null, role: null, email: null, jwt: null }]);
      await client.query(settings);
      await client.query("set local role authenticated");
      const somebody = await client.query("select auth.uid() as uid, auth.role() as role, auth.email() as email");
      expect(somebody.rows).toEqual([
        { uid: "00000000-0000-0000-0000-000000000001", role: "authenticated", email: "a@auth.test" },
      ]);
    } finally {
      await client.query("rollback");
      await client.end();
    }
  });
});
