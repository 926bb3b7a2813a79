import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, openLibrary } from "./fixture.ts";

let library: Library;
beforeAll(async () => {
  library = await openLibrary(`alter role :login set pgrst.db_tx_end = 'commit-allow-override';`);
});
afterAll(() => library?.close());

const json = (body: unknown, prefer = ""): RequestInit => ({
  method: "POST",
  body: typeof body === "string" ? body : JSON.stringify(body),
  headers: { "content-type": "application/json", ...(prefer && { prefer }) },
});

describe("inserting", () => {
  test("answers 201 without a body, or with the rows and what is embedded in them", async () => {
    const client = library.client();
    const quiet = await client.from("wishes").insert({ title: "quiet" });
    expect(quiet).toMatchObject({ status: 201, statusText: "Created", data: null, error: null });
    const { data } = await client
      .from("books")
      .insert({ title: "New", author_id: 2, facts: { a: [1] }, tags: ["x", "y z"] })
      .select("title, label, tags, facts, writer(name), siblings(title)")
      .single();
    expect(data).toMatchObject({
      title: "New",
      tags: ["x", "y z"],
      facts: { a: [1] },
      writer: { name: "Ben East" },
      siblings: [{ title: "Third Rail" }],
    });
  });

  test("many rows at once: missing columns are null, or their default when asked for", async () => {
    const rows = [{ title: "a" }, { title: "b", votes: 7 }];
    const client = library.client();
    const nulls = await client.from("wishes").insert(rows).select("votes");
    expect(nulls.data).toEqual([{ votes: null }, { votes: 7 }]);
    const defaults = await client.from("wishes").insert(rows, { defaultToNull: false, count: "exact" }).select("votes");
    expect(defaults.data).toEqual([{ votes: 1 }, { votes: 7 }]);
    expect(defaults.count).toBe(2);
  });

  test("CSV and forms are read too", async () => {
    const csv = 'id,name\n201,"A, B"\n202,C';
    const headers = { prefer: "return=representation" };
    const fromCsv = await library.request("/genres", {
      method: "POST",
      body: csv,
      headers: { ...headers, "content-type": "text/csv" },
    });
    expect(await fromCsv.json()).toEqual([
      { id: 201, name: "A, B" },
      { id: 202, name: "C" },
    ]);
    const fromForm = await library.request("/genres", {
      method: "POST",
      body: new URLSearchParams({ id: "203", name: "D" }),
      headers,
    });
    expect(await fromForm.json()).toEqual([{ id: 203, name: "D" }]);
  });

  test("the answer can be CSV, with the columns that were selected", async () => {
    const answer = await library
      .client()
      .from("books")
      .insert({ title: "In, CSV", shelf_id: 1 })
      .select("title, shelves(label)")
      .csv();
    expect(answer.data).toBe('title,shelves\n"In, CSV","{""label"": ""Fiction""}"');
  });

  test("headers-only says where the row is", async () => {
    const response = await library.request("/genres", json({ id: 210, name: "Loc" }, "return=headers-only"));
    expect(response.headers.get("location")).toBe("/genres?id=eq.210");
    expect(response.headers.get("preference-applied")).toBe("return=headers-only");
  });

  test("an upsert answers 201 when something was new and 200 when all was merged", async () => {
    const client = library.client();
    const mixed = await client
      .from("genres")
      .upsert([
        { id: 1, name: "Verse" },
        { id: 220, name: "Fresh" },
      ])
      .select();
    expect([mixed.status, mixed.data]).toEqual([
      201,
      [
        { id: 1, name: "Verse" },
        { id: 220, name: "Fresh" },
      ],
    ]);
    const merged = await client.from("genres").upsert({ id: 220, name: "Stale" }).select();
    expect([merged.status, merged.data]).toEqual([200, [{ id: 220, name: "Stale" }]]);
    const ignored = await client
      .from("genres")
      .upsert({ id: 999, name: "Stale" }, { onConflict: "name", ignoreDuplicates: true })
      .select();
    expect([ignored.status, ignored.data]).toEqual([201, []]);
  });

  test.each([
    [{ title: "x", colour: 1 }, 400, "PGRST204", "Could not find the 'colour' column of 'wishes' in the schema cache"],
    ["{nonsense", 400, "PGRST102", "Empty or invalid json"],
    [[{ title: "x" }, { votes: 1 }], 400, "PGRST102", "All object keys must match"],
    [{}, 400, "23502", 'null value in column "title" of relation "wishes" violates not-null constraint'],
    ['{"title":"a\\u0000"}', 400, "22P05", "unsupported Unicode escape sequence"],
    ['{"title":"a\\ud800"}', 400, "22P02", "invalid input syntax for type json"],
  ])("%j is refused", async (body, status, code, message) => {
    const response = await library.request("/wishes", json(body));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, message });
  });

  test("a body over the limit is refused with 413", async () => {
    const response = await library.request("/wishes", json({ title: "x".repeat(21 * 1024 * 1024) }));
    expect([response.status, response.statusText]).toEqual([413, "Request Entity Too Large"]);
  });

  test("broken constraints keep their code, detail and status", async () => {
    const client = library.client({ secret: true });
    const duplicate = await client.from("genres").insert({ id: 2, name: "Again" });
    expect(duplicate.status).toBe(409);
    expect(duplicate.error).toMatchObject({ code: "23505", details: "Key (id)=(2) already exists.", hint: null });
    const orphan = await client.from("loans").insert({ card: "nobody", book_id: 1 });
    expect([orphan.status, orphan.error?.code]).toEqual([409, "23503"]);
    const negative = await client.from("readers").update({ visits: -1 }).eq("card", "R1");
    expect([negative.status, negative.error?.code]).toEqual([400, "23514"]);
  });
});

describe("updating and deleting", () => {
  test("changes what the filters choose and says how many", async () => {
    const client = library.client({ secret: true });
    const { data, count, status } = await client
      .from("readers")
      .update({ visits: 10 }, { count: "exact" })
      .in("card", ["R1", "R2"])
      .select("name, loans(id)")
      .order("name");
    expect({ count, status }).toEqual({ count: 2, status: 200 });
    expect(data).toEqual([
      { name: "Rosa", loans: [{ id: 1 }, { id: 2 }] },
      { name: "Sam", loans: [{ id: 3 }] },
    ]);
    expect(await client.from("readers").update({ visits: 1 }).eq("card", "none")).toMatchObject({ status: 204 });
    expect(await client.from("readers").update({}).eq("card", "R1").select()).toMatchObject({ status: 200, data: [] });
  });

  test("nothing is changed without a filter", async () => {
    const client = library.client({ secret: true });
    const update = await client.from("readers").update({ visits: 0 });
    expect(update).toMatchObject({ status: 400, error: { code: "21000", message: "UPDATE requires a WHERE clause" } });
    const gone = await client.from("readers").delete();
    expect(gone).toMatchObject({ status: 400, error: { code: "21000", message: "DELETE requires a WHERE clause" } });
    expect(await library.sql("select count(*)::int as n from readers where visits > 0")).toEqual([{ n: 2 }]);
  });

  test("more rows than max-affected allows: nothing is deleted", async () => {
    const remove = (filter: string) =>
      library.request(`/loans?${filter}`, {
        method: "DELETE",
        secret: true,
        headers: { prefer: "count=exact, handling=strict, max-affected=1" },
      });
    expect(await (await remove("id=gt.0")).json()).toMatchObject({
      code: "PGRST124",
      message: "Query result exceeds max-affected preference constraint",
      details: "The query affects 3 rows",
    });
    expect(await library.sql("select count(*)::int as n from loans")).toEqual([{ n: 3 }]);
    const one = await remove("id=eq.3");
    expect([one.status, one.headers.get("content-range")]).toEqual([204, "*/1"]);
    expect(one.headers.get("preference-applied")).toBe("count=exact, handling=strict, max-affected=1");
  });

  test("a single object that is not single undoes the change", async () => {
    const { error } = await library
      .client()
      .from("wishes")
      .update({ title: "all the same" })
      .gt("id", 0)
      .select()
      .single();
    expect(error?.code).toBe("PGRST116");
    expect(await library.sql("select from wishes where title = 'all the same'")).toEqual([]);
  });

  test("Prefer: tx=rollback shows the rows and keeps nothing, where the login's settings allow it", async () => {
    const { data } = await library.client().from("genres").insert({ id: 300, name: "Ghost" }).select().rollback();
    expect(data).toEqual([{ id: 300, name: "Ghost" }]);
    expect(await library.sql("select from genres where id = 300")).toEqual([]);
  });

  test("PUT inserts with 201, then replaces with 204, and wants the whole primary key", async () => {
    const put = (path: string, body: unknown) => library.request(path, { ...json(body), method: "PUT" });
    expect((await put("/shelves?id=eq.90", { id: 90, label: "a" })).status).toBe(201);
    expect((await put("/shelves?id=eq.90", { id: 90, label: "b" })).status).toBe(204);
    expect(await (await put("/shelves?id=eq.90", { id: 91, label: "b" })).json()).toMatchObject({ code: "PGRST115" });
    expect(await (await put("/shelves?label=eq.b", { id: 90, label: "b" })).json()).toMatchObject({ code: "PGRST105" });
    expect(await library.sql("select label from shelves where id >= 90")).toEqual([{ label: "b" }]);
  });

  test("unknown preferences are refused when they are to be taken strictly", async () => {
    const response = await library.request("/books?select=id", { headers: { prefer: "handling=strict, foo, bar=1" } });
    expect(await response.json()).toMatchObject({ code: "PGRST122", details: "Invalid preferences: foo, bar=1" });
  });
});
