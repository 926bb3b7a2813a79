import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, openLibrary } from "./fixture.ts";

let library: Library;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library?.close());

const ids = (rows: unknown) => (Array.isArray(rows) ? rows.map((row: { id: unknown }) => row.id) : rows);

describe("rows", () => {
  test("come with their own types, numerics as numbers, in the order asked for", async () => {
    const { data, status, statusText } = await library
      .client()
      .from("books")
      .select("id, price, tags, facts, state, added_at")
      .order("id", { ascending: false })
      .limit(2);
    expect({ status, statusText }).toEqual({ status: 200, statusText: "OK" });
    expect(data).toEqual([
      { id: 4, price: null, tags: ["a,b"], facts: { lang: "fr" }, state: "new", added_at: "2024-05-01T10:00:00+00:00" },
      { id: 3, price: 30, tags: [], facts: {}, state: "new", added_at: "2024-05-01T10:00:00+00:00" },
    ]);
  });

  test("can be renamed, cast and reached into", async () => {
    const { data } = await library
      .client()
      .from("books")
      .select("name:title, price::text, facts->lang, second:facts->awards->1->>year, tags->0, label")
      .eq("id", 1)
      .single();
    expect(data).toEqual({
      name: "First Light",
      price: "12.50",
      lang: "en",
      second: "1951",
      tags: "classic",
      label: "First Light #1",
    });
  });

  test.each([
    ["eq", (q) => q.eq("id", 2), [2]],
    ["neq", (q) => q.neq("id", 2), [1, 3, 4]],
    ["gt and lte", (q) => q.gt("id", 1).lte("id", 3), [2, 3]],
    ["like", (q) => q.like("title", "%Wind"), [2]],
    ["ilike of all", (q) => q.ilikeAllOf("title", ["%I%", "%D%"]), [2, 3]],
    ["like of any", (q) => q.likeAnyOf("title", ["First%", "Third%"]), [1, 3]],
    ["regular expressions", (q) => q.filter("title", "imatch", "^(first|second)"), [1, 2]],
    ["null", (q) => q.is("price", null), [4]],
    ["not null", (q) => q.not("price", "is", null), [1, 2, 3]],
    [
      "a list with commas and quotes",
      (q) => q.filter("title", "in", String.raw`("Fourth Wall, \"quoted\"",Third Rail)`),
      [3, 4],
    ],
    ["not in a list", (q) => q.not("id", "in", "(1,2)"), [3, 4]],
    ["an empty list", (q) => q.in("id", []), []],
    ["distinct from", (q) => q.filter("shelf_id", "isdistinct", 1), [3, 4]],
    ["contains an array", (q) => q.contains("tags", ["classic", "dawn"]), [1]],
    ["contained by", (q) => q.containedBy("tags", ["classic"]), [2, 3]],
    ["overlaps", (q) => q.overlaps("tags", ["dawn", "x"]), [1]],
    ["contains json", (q) => q.contains("facts", { lang: "de" }), [2]],
    ["ranges", (q) => q.rangeLt("pages", "[200,300)"), [1, 3]],
    ["adjacent ranges", (q) => q.rangeAdjacent("pages", "[320,400)"), [2]],
    ["json paths", (q) => q.eq("facts->>lang", "en"), [1]],
    ["computed columns", (q) => q.eq("label", "Third Rail #3"), [3]],
    ["plain text searched", (q) => q.textSearch("summary", "fox", { config: "english" }), [1, 2]],
    ["a tsvector searched as on the web", (q) => q.textSearch("words", "cats -quick", { type: "websearch" }), [2]],
    ["trees of conditions", (q) => q.or('id.eq.1,and(id.gt.2,title.in.("Third Rail",x)),not.or(id.lt.4)'), [1, 3, 4]],
    ["negated", (q) => q.not("title", "like", "F%"), [2, 3]],
  ] as [string, (q: Filtering) => Filtering, number[]][])("are filtered by %s", async (_name, filter, expected) => {
    const { data, error } = await filter(library.client().from("books").select("id")).order("id");
    expect(error).toBeNull();
    expect(ids(data)).toEqual(expected);
  });

  test("are ordered by several columns, json paths and nulls", async () => {
    const query = library.client().from("books").select("id");
    const { data } = await query.order("facts->>lang", { nullsFirst: true, ascending: false }).order("id");
    expect(ids(data)).toEqual([3, 4, 1, 2]);
  });
});

type Filtering = ReturnType<ReturnType<ReturnType<Library["client"]>["from"]>["select"]>;

describe("pages and counts", () => {
  test("a part of the rows with an exact count answers 206 with the range", async () => {
    const response = await library.request("/books?select=id&order=id&limit=2&offset=1", {
      headers: { prefer: "count=exact" },
    });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, "1-2/4"]);
    expect(response.headers.get("preference-applied")).toBe("count=exact");
    expect(response.headers.get("content-location")).toBe("/books?limit=2&offset=1&order=id&select=id");
  });

  test("the Range header counts like limit and offset", async () => {
    const response = await library.request("/books?select=id&order=id", { headers: { range: "1-2" } });
    expect([response.status, response.headers.get("content-range")]).toEqual([200, "1-2/*"]);
    expect(ids(await response.json())).toEqual([2, 3]);
  });

  test("a range behind the last row is refused with 416", async () => {
    const { error, status } = await library.client().from("books").select("id", { count: "exact" }).range(10, 20);
    expect(status).toBe(416);
    expect(error).toMatchObject({
      code: "PGRST103",
      message: "Requested range not satisfiable",
      details: "An offset of 10 was requested, but there are only 4 rows.",
    });
  });

  test("head brings the count and no body", async () => {
    const { data, count } = await library
      .client()
      .from("books")
      .select("*", { count: "exact", head: true })
      .gt("id", 1);
    expect({ data, count }).toEqual({ data: null, count: 3 });
  });

  test("planned and estimated counts come from the planner where they should", async () => {
    await library.sql("analyze public.books");
    const planned = await library.client().from("books").select("id", { count: "planned" });
    const estimated = await library.client().from("books").select("id", { count: "estimated" });
    expect([planned.count, estimated.count]).toEqual([4, 4]);
  });
});

describe("forms of the answer", () => {
  test("one object, or 406 with the number of rows", async () => {
    const one = await library.client().from("books").select("id").eq("id", 1).single();
    expect(one.data).toEqual({ id: 1 });
    const many = await library.client().from("books").select("id").single();
    expect(many.status).toBe(406);
    expect(many.error).toMatchObject({
      code: "PGRST116",
      message: "Cannot coerce the result to a single JSON object",
      details: "The result contains 4 rows",
      hint: null,
    });
  });

  test("CSV, with quotes where they are needed", async () => {
    const { data } = await library.client().from("books").select("id,title").gt("id", 2).order("id").csv();
    expect(data).toBe('id,title\n3,"Third Rail"\n4,"Fourth Wall, ""quoted"""');
  });

  test("without nulls", async () => {
    const { data } = await library.client().from("books").select("id, price").eq("id", 4).stripNulls();
    expect(data).toEqual([{ id: 4 }]);
  });

  test("a type that cannot be made is refused with its name", async () => {
    const answer = await library.request("/books", { headers: { accept: "image/png, text/html;q=0.5" } });
    expect(answer.status).toBe(406);
    expect((await answer.json()).message).toBe("None of these media types are available: image/png, text/html");
  });

  test("plans and aggregates are off until the login's settings allow them", async () => {
    const plan = await library.client().from("books").select("id").explain();
    expect(plan.error?.code).toBe("PGRST107");
    const sum = await library.client().from("books").select("price.sum()");
    expect(sum.error).toMatchObject({ code: "PGRST123", message: "Use of aggregate functions is not allowed" });
  });
});

describe("what cannot be read is refused in PostgREST's words", () => {
  test.each([
    [
      "/bookz",
      404,
      "PGRST205",
      "Could not find the table 'public.bookz' in the schema cache",
      null,
      "Perhaps you meant the table 'public.books'",
    ],
    ["/books?select=nope", 400, "42703", "column books.nope does not exist", null, null],
    ["/books?id=eq.x", 400, "22P02", 'invalid input syntax for type bigint: "x"', null, null],
    [
      "/books?id=foo.1",
      400,
      "PGRST100",
      '"failed to parse filter (foo.1)" (line 1, column 1)',
      'unexpected "f" expecting "not" or operator (eq, gt, ...)',
      null,
    ],
    [
      "/books?select=id,",
      400,
      "PGRST100",
      '"failed to parse select parameter (id,)" (line 1, column 4)',
      'unexpected end of input expecting "...", field name (* or [a..z0..9_$]), "*" or "count()"',
      null,
    ],
    [
      "/books?select=id&nope.x=eq.1",
      400,
      "PGRST108",
      "'nope' is not an embedded resource in this request",
      null,
      "Verify that 'nope' is included in the 'select' query parameter.",
    ],
    ["/books/1", 404, "PGRST125", "Invalid path specified in request URL", null, null],
    ["/books?title=eq.a%00b", 400, "22021", 'invalid byte sequence for encoding "UTF8": 0x00', null, null],
    [
      "/books?select=t:title::$$",
      400,
      "PGRST100",
      '"failed to parse select parameter (t:title::$$)" (line 1, column 10)',
      'unexpected "$" expecting letter, digit, "_" or " "',
      null,
    ],
  ])("%s", async (path, status, code, message, details, hint) => {
    const response = await library.request(path);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({ code, details, hint, message });
    expect(Object.keys(JSON.parse(text))).toEqual(["code", "details", "hint", "message"]);
    expect(response.headers.get("proxy-status")).toBe(`PostgREST; error=${code}`);
  });

  test("names and values are never taken for SQL", async () => {
    const evil = `x'; drop table public.books; --"`;
    const client = library.client();
    expect((await client.from("books").select("id").eq("title", evil)).data).toEqual([]);
    expect((await client.from("books").select(`"${evil.replaceAll('"', "")}"`)).error?.code).toBe("42703");
    expect(
      (
        await client
          .from("books")
          .select("id")
          .eq(`facts->>"${evil.replaceAll('"', "")}"`, "1")
      ).data,
    ).toEqual([]);
    expect((await client.from("books").select("id").like("title", "back\\\\slash'")).data).toEqual([]);
    expect((await client.from("books").select("id")).data).toHaveLength(4);
  });
});

describe("schemas", () => {
  test("another exposed schema is reached by its profile", async () => {
    const { data } = await library.client().schema("archive").from("old_books").select();
    expect(data).toEqual([{ id: 1, title: "Dust" }]);
  });

  test("any other is refused with the list of the exposed ones", async () => {
    const { error, status } = await library.client().schema("extensions").from("x").select();
    expect(status).toBe(406);
    expect(error).toMatchObject({
      code: "PGRST106",
      message: "Invalid schema: extensions",
      hint: "Only the following schemas are exposed: public, archive, back_office",
    });
  });

  test("the description of the API is for the secret key, and names only what its role may reach", async () => {
    expect((await library.request("/")).status).toBe(401);
    const response = await library.request("/", { secret: true, headers: { "accept-profile": "archive" } });
    expect(response.headers.get("content-type")).toBe("application/openapi+json; charset=utf-8");
    const document = await response.json();
    expect(Object.keys(document.definitions)).toEqual(["old_books"]);
    expect(Object.keys(document.paths)).toEqual(["/", "/old_books"]);
    expect(Object.keys(document.paths["/old_books"])).toEqual(["get"]);
  });
});
