import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, openLibrary } from "./fixture.ts";

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library?.close());

const post = (body: string, type: string): RequestInit => ({ method: "POST", body, headers: { "content-type": type } });

describe("calling", () => {
  test.each([
    ["add", { a: 1 }, 11],
    ["add", { a: 1, b: 2 }, 3],
    ["numbers", { up_to: 3 }, [1, 2, 3]],
    [
      "pairs",
      {},
      [
        { x: 1, y: "a" },
        { x: 2, y: null },
      ],
    ],
    ["nothing", {}, null],
    ["total", { v: [1, 2, 4] }, 7],
    ["greet", { name: "x" }, "hello x"],
    ["greet", { name: "x", loud: true }, "HELLO X"],
    ["echo", { any: { thing: [1] } }, { any: { thing: [1] } }],
  ])("%s(%j)", async (name, given, expected) => {
    const { data, error } = await library.client().rpc(name, given);
    expect(error).toBeNull();
    expect(data).toEqual(expected);
  });

  test("with GET, arguments come from the query string and filters have an operator", async () => {
    const client = library.client();
    expect((await client.rpc("add", { a: 1, b: 5 }, { get: true })).data).toBe(6);
    const { data } = await client.rpc("books_by", { author: 1 }, { get: true }).like("title", "S%").select("title");
    expect(data).toEqual([{ title: "Second Wind" }]);
    expect(await (await library.request("/rpc/total?v=1&v=2&v=3")).json()).toBe(6);
  });

  test("arguments of a type with a length are not cut to one character", async () => {
    await library.sql(`create function public.lengths(letters character, bits bit) returns text language sql immutable
      as $$ select letters || '/' || bits::text $$`);
    await library.sql("grant execute on all functions in schema public to anon");
    const given = { letters: "abc", bits: "101" };
    expect((await library.client().rpc("lengths", given)).data).toBe("abc/101");
    expect((await library.client().rpc("lengths", given, { get: true })).data).toBe("abc/101");
  });

  test("returned rows are selected, embedded, ordered, limited and counted like a table's", async () => {
    const { data, count, status } = await library
      .client()
      .rpc("books_by", { author: 1 }, { count: "exact" })
      .select("id, shelves(label), siblings(id)")
      .order("id", { ascending: false })
      .limit(1);
    expect({ data, count, status }).toEqual({
      data: [{ id: 2, shelves: { label: "Fiction" }, siblings: [{ id: 1 }] }],
      count: 2,
      status: 206,
    });
    expect((await library.client().rpc("one_book", { book: 2 }).select("id")).data).toEqual({ id: 2 });
    expect((await library.client().rpc("books_by", { author: 1 }, { head: true, count: "exact" })).count).toBe(2);
  });

  test("whole bodies go to a single unnamed parameter", async () => {
    expect(await (await library.request("/rpc/shout", post("hey", "text/plain"))).json()).toBe("HEY");
    expect(await (await library.request("/rpc/size_of", post("hey", "application/octet-stream"))).json()).toBe(3);
    expect(await (await library.request("/rpc/echo", post('[{"a":1},{"a":2}]', "application/json"))).json()).toEqual([
      { a: 1 },
      { a: 2 },
    ]);
  });

  test("a function without a result answers 204", async () => {
    expect(await library.client().rpc("ping")).toMatchObject({ status: 204, data: null, error: null });
  });

  test("GET never writes: the transaction is read only", async () => {
    const { error, status } = await library
      .client({ secret: true })
      .rpc("write_note", { id: 70, body: "x" }, { get: true });
    expect(status).toBe(405);
    expect(error).toMatchObject({ code: "25006", message: "cannot execute INSERT in a read-only transaction" });
    expect((await library.client({ secret: true }).rpc("write_note", { id: 70, body: "x" })).status).toBe(204);
    expect(await library.sql("select body from notes where id = 70")).toEqual([{ body: "x" }]);
  });
});

describe("answers that functions shape themselves", () => {
  test("status and headers", async () => {
    const response = await library.request("/rpc/custom_response");
    expect([response.status, response.headers.get("x-tea"), response.headers.get("cache-control")]).toEqual([
      418,
      "green",
      "no-store",
    ]);
    expect(await (await library.request("/rpc/bad_headers")).json()).toMatchObject({ code: "PGRST111" });
  });

  test.each([
    [
      "raise_plain",
      400,
      "Bad Request",
      { code: "P0001", details: "shelf 3", hint: "buy one", message: "no more room" },
    ],
    [
      "raise_status",
      402,
      "Payment Required",
      { code: "PT402", details: "quota", hint: "upgrade", message: "Payment Required" },
    ],
    ["raise_full", 332, "Closed Today", { code: "LIB1", details: "sunday", hint: "monday", message: "closed" }],
    ["raise_garbled", 500, "Internal Server Error", { code: "PGRST121" }],
  ])("%s", async (name, status, statusText, body) => {
    const response = await library.request(`/rpc/${name}`);
    expect([response.status, response.statusText]).toEqual([status, statusText]);
    expect(await response.json()).toMatchObject(body);
    if (status === 332) expect(response.headers.get("x-open")).toBe("monday");
  });
});

describe("functions that cannot be found", () => {
  test("no such arguments: what was searched for, and the nearest signature", async () => {
    const { error, status } = await library.client().rpc("add", { a: 1, c: 3 });
    expect(status).toBe(404);
    expect(error).toMatchObject({
      code: "PGRST202",
      message: "Could not find the function public.add(a, c) in the schema cache",
      details:
        "Searched for the function public.add with parameters a, c or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.",
      hint: "Perhaps you meant to call the function public.add(a, b)",
    });
  });

  test("no such name", async () => {
    const { error } = await library.client().rpc("numberz");
    expect(error).toMatchObject({
      code: "PGRST202",
      message: "Could not find the function public.numberz without parameters in the schema cache",
      hint: "Perhaps you meant to call the function public.numbers",
    });
  });

  test("overloads that only differ in types", async () => {
    const { error, status } = await library.client().rpc("both", { a: 1 });
    expect(status).toBe(300);
    expect(error).toMatchObject({
      code: "PGRST203",
      message:
        "Could not choose the best candidate function between: public.both(a => integer), public.both(a => text)",
    });
  });

  test("another method", async () => {
    const response = await library.request("/rpc/add", { method: "DELETE" });
    expect([response.status, await response.json()]).toMatchObject([
      405,
      { code: "PGRST101", message: "Cannot use the DELETE method on RPC" },
    ]);
  });
});
