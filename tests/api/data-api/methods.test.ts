import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, openLibrary } from "./fixture.ts";

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library?.close());

describe("OPTIONS", () => {
  test.each([
    ["/", "OPTIONS,GET,HEAD"],
    ["/books", "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"],
    ["/catalogue", "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"],
    ["/counted", "OPTIONS,GET,HEAD"],
    ["/keyless", "OPTIONS,GET,HEAD,POST,PATCH,DELETE"],
    ["/rpc/add", "OPTIONS,GET,HEAD,POST"],
    ["/rpc/write_note", "OPTIONS,POST"],
  ])("says what %s takes", async (path, allowed) => {
    await library.sql("create or replace view counted as select count(*) from books");
    await library.sql("create table if not exists keyless (word text)");
    const answer = await library.request(path, { method: "OPTIONS" });
    expect([answer.status, answer.headers.get("allow"), await answer.text()]).toEqual([200, allowed, ""]);
  });

  test("of what is not there is not found", async () => {
    const of = async (path: string) => (await library.request(path, { method: "OPTIONS" })).json();
    expect(await of("/bookz")).toMatchObject({ code: "PGRST205" });
    expect(await of("/rpc/ad")).toMatchObject({ code: "PGRST202" });
  });
});

describe("settings of the login role", () => {
  test("a function named by db_pre_request runs before each request and may refuse it", async () => {
    await library.sql(`create function public.doorman() returns void language plpgsql as $$
      begin
        if current_setting('request.headers', true)::json ->> 'x-knock' is null then
          raise sqlstate 'PT403' using message = 'Knock first', hint = 'x-knock';
        end if;
      end $$`);
    await library.sql(`alter role ${library.login} set pgrst.db_pre_request = 'public.doorman'`);
    await library.sql("notify pgrst, 'reload config'");
    await expect.poll(async () => (await library.request("/genres")).status).toBe(403);
    expect(await (await library.request("/genres")).json()).toMatchObject({ code: "PT403", message: "Knock first" });
    const knocking = { headers: { "x-knock": "1", prefer: "count=estimated" } };
    const answer = await library.request("/genres?select=name&limit=1", knocking);
    expect([await answer.json(), answer.headers.get("content-range")]).toEqual([[{ name: "Poetry" }], "0-0/3"]);
    const loud = await library.request("/rpc/add?a=1", knocking);
    expect(await loud.json()).toBe(11);
    await library.sql(`alter role ${library.login} reset pgrst.db_pre_request`);
    await library.sql("notify pgrst, 'reload config'");
    await expect.poll(async () => (await library.request("/genres")).status).toBe(200);
  });

  test("a plan with analyze is rolled back when the request says so", async () => {
    await library.sql(`alter role ${library.login} set pgrst.db_plan_enabled = true`);
    await library.sql(`alter role ${library.login} set pgrst.db_tx_end = 'commit-allow-override'`);
    await library.sql("notify pgrst, 'reload config'");
    const explained = () =>
      library.client().from("wishes").insert({ title: "planned" }).rollback().explain({ analyze: true, wal: true });
    await expect.poll(async () => (await explained()).error).toBeNull();
    expect((await explained()).data).toContain("Insert on wishes");
    expect(await library.sql("select * from wishes where title = 'planned'")).toEqual([]);
  });
});

describe("the query string", () => {
  test("a logic tree can be negated as a whole", async () => {
    const ids = async (query: string) =>
      (await (await library.request(`/books?select=id&order=id&${query}`)).json()).map(({ id }: { id: number }) => id);
    expect(await ids("not.or=(id.eq.1,id.eq.2)")).toEqual([3, 4]);
    expect(await ids("not.and=(id.gte.2,id.lte.3)")).toEqual([1, 4]);
    const nested = await library.request("/authors?select=books!author_id(id)&id=eq.1&books.not.or=(id.eq.1,id.eq.9)");
    expect(await nested.json()).toEqual([{ books: [{ id: 2 }] }]);
  });

  test("the project key in the address is no filter", async () => {
    const answer = await library.request("/genres?select=id&id=eq.1&apikey=anything");
    expect([await answer.json(), answer.headers.get("content-location")]).toEqual([
      [{ id: 1 }],
      "/genres?id=eq.1&select=id",
    ]);
  });

  test("there is nothing before the first row", async () => {
    const answer = await library.request("/genres?select=id&order=id&offset=-1&limit=3");
    expect([answer.headers.get("content-range"), await answer.json()]).toEqual(["0-1/*", [{ id: 1 }, { id: 2 }]]);
  });

  test("only reads of tables have a planned count", async () => {
    const prefer = { prefer: "count=planned" };
    const deleted = await library.request("/genres?id=eq.99", { method: "DELETE", headers: prefer });
    expect([deleted.status, deleted.headers.get("content-range")]).toEqual([204, "*/*"]);
    const called = await library.request("/rpc/numbers?up_to=3", { headers: prefer });
    expect([called.status, called.headers.get("content-range")]).toEqual([200, "0-2/*"]);
  });
});
