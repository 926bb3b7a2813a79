// What the official advisors see through the CLI, and what they do not and the catalogue check must. A clean answer of theirs
// says little by itself: on a bare Postgres several lints are silent for the wrong reason.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAdvice, runAdvisors } from "../../../supabase/local/checks/advisors.ts";
import { checkCatalogue } from "../../../supabase/local/checks/catalogue.ts";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations, withClient } from "../../../supabase/local/migrate.ts";
import { stack } from "../../support/stack.ts";

const planted = `
  create table public.open_table (id bigint generated always as identity primary key);
  grant select on public.open_table to anon;
  create table public.owned_table (id bigint generated always as identity primary key, user_id uuid);
  alter table public.owned_table enable row level security;
  create policy select_owner on public.owned_table for select to authenticated using (user_id = auth.uid());
  create policy select_again on public.owned_table for select to authenticated using (user_id = auth.uid());
  create view public.definer_view as select id from public.owned_table;
  grant select on public.definer_view to anon, authenticated;
  create function public.mutable_path() returns integer language sql as 'select 1';
  create function public.open_definer() returns integer language sql security definer set search_path = '' as 'select 1';
  grant execute on function public.open_definer() to anon;
  create table public.unindexed_key (id bigint primary key, open_id bigint references public.open_table (id) on delete cascade);
  comment on table public.unindexed_key is 'No policies on purpose.';
  alter table public.unindexed_key enable row level security;
  create extension citext with schema public;
  create table public.parted (id bigint not null, organization_id uuid) partition by range (id);
`;

describe("the official advisors", () => {
  let database: ThrowawayDatabase;
  let seen: string[];
  let ours: string[];

  beforeAll(async () => {
    database = await createThrowawayDatabase(stack());
    await pushMigrations(database.dbUrl);
    expect(await runAdvisors(database.dbUrl)).toEqual({ name: "Supabase advisors", ok: true, output: "" });
    await withClient(database.dbUrl, (client) => client.query(planted));
    seen = (await readAdvice(database.dbUrl)).map(({ name, detail }) => `${name}: ${detail}`);
    ours = (await withClient(database.dbUrl, checkCatalogue)).map(({ rule, object }) => `${rule}: ${object}`);
  });

  afterAll(() => database.drop());

  test.each([
    ["a table without row-level security", /^rls_disabled_in_public: .*open_table/],
    ["a view with its owner's rights", /^security_definer_view: .*definer_view/],
    ["a function with the caller's search path", /^function_search_path_mutable: .*mutable_path/],
    ["a policy that calls auth.uid() for every row", /^auth_rls_initplan: .*select_owner/],
    ["two policies for one command", /^multiple_permissive_policies: .*owned_table/],
    ["a foreign key without an index", /^unindexed_foreign_keys: .*unindexed_key/],
    ["an extension in public", /^extension_in_public: .*citext/],
  ])("report %s", (_what, finding) => {
    expect(seen).toContainEqual(expect.stringMatching(finding));
  });

  // When one of these fails, the advisors have learned something.
  test.each([
    ["a definer function that anon may call", "open_definer", /^definer-exposed: .*open_definer/],
    ["a partitioned table without row-level security", "parted", /^table-without-rls: public\.parted/],
  ])("do not see %s, and the catalogue check does", (_what, name, finding) => {
    expect(seen.filter((line) => line.includes(name))).toEqual([]);
    expect(ours).toContainEqual(expect.stringMatching(finding));
  });

  test("make the check fail, with what is wrong and where to read about it", async () => {
    const { ok, output } = await runAdvisors(database.dbUrl);
    expect(ok).toBe(false);
    expect(output).toMatch(/open_table.*rls_disabled_in_public, https:/);
    expect(output).not.toMatch(/unused_index/);
  });

  test("that cannot reach the database are a failure, not a clean answer", async () => {
    await expect(runAdvisors(`${database.dbUrl}_which_is_not_there`)).rejects.toThrow(/could not look at the database/);
  });
});
