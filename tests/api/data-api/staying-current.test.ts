import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Library, openLibrary } from "./fixture.ts";

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library?.close());

const disconnect = () =>
  library.admin(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${library.login}'`);

const answers = async (status: number) =>
  vi.waitFor(async () => expect((await library.request("/books?select=id&limit=1")).status).toBe(status), {
    timeout: 10_000,
    interval: 50,
  });

describe("the schema", () => {
  test("a request right after a change sees it: tables, columns, relationships, functions", async () => {
    const client = library.client();
    for (let round = 0; round < 5; round++) {
      await library.sql(`create table public.fresh (id int primary key, genre int references public.genres (id));
        insert into public.fresh values (1, 1); grant all on public.fresh to anon`);
      const created = await client.from("fresh").select("id, genres(name)");
      expect(created.data).toEqual([{ id: 1, genres: { name: "Poetry" } }]);
      await library.sql("alter table public.fresh add column extra text");
      expect((await client.from("fresh").insert({ id: 2, extra: "x" })).error).toBeNull();
      await library.sql("create function public.newborn(x int) returns int language sql as 'select x'");
      expect((await client.rpc("newborn", { x: 4 })).data).toBe(4);
      await library.sql("drop function public.newborn; drop table public.fresh");
      await vi.waitFor(async () => expect((await client.from("fresh").select()).error?.code).toBe("PGRST205"));
    }
  });

  test("settings of the login take effect with notify pgrst, 'reload config'", async () => {
    const client = library.client();
    const set = (text: string) => library.sql(`alter role ${library.login} ${text}; notify pgrst, 'reload config'`);
    await set("set pgrst.db_plan_enabled = 'true'");
    await set("set pgrst.db_max_rows = '2'");
    await vi.waitFor(async () => expect((await client.from("books").select("id")).data).toHaveLength(2));
    expect((await client.from("books").select("id").explain({ analyze: true })).data).toContain("Execution Time");
    expect((await client.from("books").select("id").explain({ format: "json" })).data).toMatchObject([{ Plan: {} }]);
    await set("reset all");
    await vi.waitFor(async () => expect((await client.from("books").select("id")).data).toHaveLength(4));
  });

  test("so do the exposed schemas, with their tables and functions", async () => {
    await library.sql(`create schema annex; grant usage on schema annex to anon;
      create table annex.rooms as select 1 as id; grant select on annex.rooms to anon;
      create function annex.count_rooms() returns int language sql stable as 'select count(*)::int from annex.rooms'`);
    const set = (text: string) => library.sql(`alter role ${library.login} ${text}; notify pgrst, 'reload config'`);
    const annex = library.client().schema("annex");
    expect((await annex.from("rooms").select()).error?.code).toBe("PGRST106");
    await set("set pgrst.db_schemas = 'public, annex'");
    await vi.waitFor(async () => expect((await annex.from("rooms").select()).data).toEqual([{ id: 1 }]));
    expect((await annex.rpc("count_rooms")).data).toBe(1);
    expect((await library.client().schema("archive").from("old_books").select()).error).toMatchObject({
      code: "PGRST106",
      hint: "Only the following schemas are exposed: public, annex",
    });
    await set("reset all");
    await vi.waitFor(async () => expect((await annex.from("rooms").select()).error?.code).toBe("PGRST106"));
  });
});

describe("when the database is away", () => {
  test("requests answer 503 in JSON, and again 200 once it is back", async () => {
    await answers(200);
    await library.admin(`alter database ${library.database} with allow_connections false`);
    await disconnect();
    await answers(503);
    const response = await library.request("/books");
    expect(await response.json()).toMatchObject({
      code: "PGRST000",
      message: "Database connection error. Retrying the connection.",
    });
    await library.admin(`alter database ${library.database} with allow_connections true`);
    await answers(200);
  });

  test("changes made after a lost connection are seen", async () => {
    await disconnect();
    await library.sql("create view public.later as select 1 as id; grant select on public.later to anon");
    await vi.waitFor(async () => expect((await library.client().from("later").select()).data).toEqual([{ id: 1 }]), {
      timeout: 10_000,
      interval: 50,
    });
  });
});
