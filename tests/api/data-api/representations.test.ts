import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, openLibrary } from "./fixture.ts";

let library: Library;
beforeAll(async () => {
  library = await openLibrary(`
    create domain public.colour as int check (value between 0 and 16777215);
    create function public.colour(json) returns public.colour language sql immutable as
      $$ select public.colour($1 #>> '{}') $$;
    create function public.colour(text) returns public.colour language sql immutable as
      $$ select ('x' || lpad(ltrim($1, '#'), 8, '0'))::bit(32)::int::public.colour $$;
    create function public.json(public.colour) returns json language sql immutable as
      $$ select to_json('#' || lpad(upper(to_hex($1)), 6, '0')) $$;
    create cast (public.colour as json) with function public.json(public.colour) as implicit;
    create cast (json as public.colour) with function public.colour(json) as implicit;
    create cast (text as public.colour) with function public.colour(text) as implicit;
    create table public.labels (
      id int primary key, colour public.colour default 255, parent_id int references public.labels (id), word text
    );
    insert into public.labels values (1, 16711680, null, 'red'), (2, 11259375, 1, 'sky'), (3, null, 1, null);
    create view public.labels_shown as select * from public.labels;
    create function public.all_labels() returns setof public.labels language sql stable as
      $$ select * from public.labels order by id $$;

    create domain public."text/html" as text;
    create domain public."text/plain" as text;
    create domain public."image/png" as bytea;
    create domain public."*/*" as bytea;
    create function public.page() returns public."text/html" language sql stable as $$ select '<h1>Über</h1>' $$;
    create function public.picture() returns public."image/png" language sql stable as $$ select '\\x8950ff00'::bytea $$;
    create function public.file() returns public."*/*" language plpgsql stable as $$
    begin
      perform set_config('response.headers', '[{"Content-Type": "image/gif"}]', true);
      return '\\x00ff'::bytea;
    end $$;
    create function public.add_line(so_far text, next anyelement) returns public."text/plain" language sql immutable as
      $$ select coalesce(so_far, '') || next::text || ';' $$;
    create aggregate public.lines(anyelement) (sfunc = public.add_line, stype = public."text/plain");
    create function public.add_genre(so_far text, next public.genres) returns public."text/html" language sql immutable as
      $$ select coalesce(so_far, '') || '<li>' || next.name $$;
    create aggregate public.genre_page(public.genres) (sfunc = public.add_genre, stype = public."text/html");
    grant all on all tables in schema public to anon;
    grant execute on all functions in schema public to anon;
  `);
});
afterAll(() => library?.close());

const accepting = (accept: string): RequestInit => ({ headers: { accept } });

describe("a domain with casts to and from json and text", () => {
  test("is shown as its json wherever it is read", async () => {
    const client = library.client();
    const shown = [
      { id: 1, colour: "#FF0000" },
      { id: 2, colour: "#ABCDEF" },
      { id: 3, colour: null },
    ];
    expect((await client.from("labels").select("id, colour").order("id")).data).toEqual(shown);
    expect((await client.from("labels").select().eq("id", 1)).data).toEqual([
      { id: 1, colour: "#FF0000", parent_id: null, word: "red" },
    ]);
    expect((await client.from("labels_shown").select("c:colour").eq("id", 2)).data).toEqual([{ c: "#ABCDEF" }]);
    expect((await client.rpc("all_labels").select("id, colour")).data).toEqual(shown);
    const embedded = await client.from("labels").select("children:labels(colour), ...parent_id(*)").eq("id", 1);
    expect(embedded.data).toMatchObject([{ children: [{ colour: "#ABCDEF" }, { colour: null }] }]);
  });

  test("is filtered by its text", async () => {
    const ids = async (query: string) =>
      (await (await library.request(`/labels?select=id&order=id&${query}`)).json()).map(({ id }: { id: number }) => id);
    expect(await ids("colour=eq.%23ff0000")).toEqual([1]);
    expect(await ids("colour=in.(ff0000,abcdef)")).toEqual([1, 2]);
    expect(await ids("or=(colour.eq.abcdef,id.eq.3)")).toEqual([2, 3]);
    expect(await ids("colour=isdistinct.abcdef")).toEqual([1, 3]);
    expect(await ids("colour=is.null")).toEqual([3]);
  });

  test("is written from its json", async () => {
    const client = library.client();
    const inserted = await client
      .from("labels")
      .insert([{ id: 10, colour: "#00ff00" }])
      .select("colour");
    expect(inserted.data).toEqual([{ colour: "#00FF00" }]);
    const updated = await client
      .from("labels")
      .update({ colour: "#010203" })
      .eq("colour", "00ff00")
      .select("id, colour");
    expect(updated.data).toEqual([{ id: 10, colour: "#010203" }]);
    const merged = await client.from("labels").upsert({ id: 10, colour: "#0a0b0c" }).select("colour").single();
    expect(merged.data).toEqual({ colour: "#0A0B0C" });
    expect(await library.sql("delete from labels where id = 10 returning colour")).toEqual([{ colour: 0x0a0b0c }]);
  });

  test("is aggregated as what it is", async () => {
    await library.sql(`alter role ${library.login} set pgrst.db_aggregates_enabled = true`);
    await library.sql("notify pgrst, 'reload config'");
    await expect
      .poll(async () => (await library.client().from("labels").select("colour.max()")).data)
      .toEqual([{ max: 16711680 }]);
  });
});

describe("media types of the project's own", () => {
  test("a function's text comes as it is", async () => {
    const answer = await library.request("/rpc/page", accepting("text/html"));
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      200,
      "text/html",
      "<h1>Über</h1>",
    ]);
    const head = await library.request("/rpc/page", { method: "HEAD", ...accepting("text/html") });
    expect([head.status, head.headers.get("content-type")]).toEqual([200, "text/html"]);
    expect(await (await library.request("/rpc/page")).json()).toBe("<h1>Über</h1>");
  });

  test("a function's bytes come as bytes", async () => {
    const answer = await library.request("/rpc/picture", accepting("image/avif, image/png"));
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0x89, 0x50, 0xff, 0x00]);
  });

  test("a function of */* answers whatever is asked for, in the type that it names", async () => {
    for (const accept of ["application/json", "image/webp", "*/*"]) {
      const answer = await library.request("/rpc/file", accepting(accept));
      expect(answer.headers.get("content-type")).toBe("image/gif");
      expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 0xff]);
    }
  });

  test("an aggregate over anything makes a type for every table and function", async () => {
    const rows = await library.request("/genres?select=name&order=id&limit=2", accepting("text/plain"));
    expect([rows.headers.get("content-type"), await rows.text()]).toEqual([
      "text/plain; charset=utf-8",
      "(Poetry);(Physics);",
    ]);
    expect(await (await library.request("/rpc/add?a=1", accepting("text/plain"))).text()).toBe("11;");
    const none = await library.request("/genres?id=eq.99", accepting("text/plain"));
    expect([none.status, await none.text()]).toEqual([200, ""]);
  });

  test("an aggregate over one table makes it for whole rows of that table only", async () => {
    const page = await library.request("/genres?order=id", accepting("text/html"));
    expect(await page.text()).toBe("<li>Poetry<li>Physics<li>Drama");
    for (const path of ["/genres?select=id", "/shelves"]) {
      const answer = await library.request(path, accepting("text/html"));
      expect([answer.status, await answer.json()]).toMatchObject([
        406,
        { code: "PGRST107", message: "None of these media types are available: text/html" },
      ]);
    }
  });

  test("GeoJSON needs PostGIS, and without it Postgres says what is missing", async () => {
    const { error, status } = await library.client().from("genres").select().geojson();
    expect([status, error]).toMatchObject([
      404,
      { code: "42883", message: "function st_asgeojson(record) does not exist" },
    ]);
  });
});
