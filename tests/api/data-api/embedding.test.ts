import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, openLibrary } from "./fixture.ts";

let library: Library;
beforeAll(async () => {
  library = await openLibrary(`alter role :login set pgrst.db_aggregates_enabled = 'true';`);
});
afterAll(() => library?.close());

async function read(path: string): Promise<unknown> {
  const response = await library.request(path);
  const body = await response.json();
  expect(body, `${path} answered ${response.status}`).toBeInstanceOf(Array);
  return body;
}

describe("related rows", () => {
  test.each([
    [
      "to one, to many, one to one and many to many, nested",
      "/books?select=id,author:authors!books_author_id_fkey(name,books!author_id(id)),genres(name),covers(colour)&id=eq.1",
      [
        {
          id: 1,
          author: { name: "Ada North", books: [{ id: 1 }, { id: 2 }] },
          genres: [{ name: "Poetry" }, { name: "Drama" }],
          covers: { colour: "red" },
        },
      ],
    ],
    [
      "by the name of the foreign key's column",
      "/loans?select=id,book_id(title)&id=eq.1",
      [{ id: 1, book_id: { title: "First Light" } }],
    ],
    [
      "of the table itself, to many",
      "/authors?select=name,authors(name)&id=eq.1",
      [{ name: "Ada North", authors: [{ name: "Ben East" }, { name: "Dan South" }] }],
    ],
    [
      "of the table itself, to one",
      "/authors?select=name,mentor:mentor_id(name)&id=eq.2",
      [{ name: "Ben East", mentor: { name: "Ada North" } }],
    ],
    [
      "through views, and views over views",
      "/catalogue_short?select=book,writers(full_name),authors(name)&book=eq.1",
      [{ book: 1, writers: { full_name: "Ada North" }, authors: { name: "Ada North" } }],
    ],
    [
      "from functions over the row",
      "/books?select=id,siblings(id,siblings(id)),writer(name)&id=eq.1",
      [{ id: 1, siblings: [{ id: 2, siblings: [{ id: 1 }] }], writer: { name: "Ada North" } }],
    ],
    [
      "spread from one row",
      "/books?select=id,...shelves(label,level:floor)&id=in.(1,4)&order=id",
      [
        { id: 1, label: "Fiction", level: 1 },
        { id: 4, label: null, level: null },
      ],
    ],
    [
      "spread from many rows as arrays",
      "/shelves?select=label,...books(title)&order=id",
      [
        { label: "Fiction", title: ["First Light", "Second Wind"] },
        { label: "Science", title: ["Third Rail"] },
        { label: "Empty", title: [] },
      ],
    ],
    [
      "filtered, ordered and limited",
      "/authors?select=id,books!author_id(id)&books.id=gt.0&books.order=id.desc&books.limit=1&id=eq.1",
      [{ id: 1, books: [{ id: 2 }] }],
    ],
    [
      "filtered by a tree of conditions",
      "/authors?select=id,books!author_id(id)&books.or=(id.eq.2,id.eq.3)&id=lt.3&order=id",
      [
        { id: 1, books: [{ id: 2 }] },
        { id: 2, books: [{ id: 3 }] },
      ],
    ],
    [
      "required by !inner",
      "/books?select=id,genres!inner(name)&genres.name=eq.Physics",
      [{ id: 3, genres: [{ name: "Physics" }] }],
    ],
    ["asked for with is.null, without being selected", "/books?select=id,genres()&genres=is.null", [{ id: 4 }]],
    [
      "ordering the rows they belong to",
      "/books?select=id,shelves()&order=shelves(label).desc.nullslast,id",
      [{ id: 3 }, { id: 1 }, { id: 2 }, { id: 4 }],
    ],
    [
      "aggregated",
      "/shelves?select=label,books(price.sum(),n:count())&id=lt.3&order=id",
      [
        { label: "Fiction", books: [{ sum: 22.49, n: 2 }] },
        { label: "Science", books: [{ sum: 30, n: 1 }] },
      ],
    ],
    [
      "aggregated where they are spread",
      "/loans?select=card,...books(price.sum())&order=card",
      [
        { card: "R1", sum: 22.49 },
        { card: "R2", sum: 12.5 },
      ],
    ],
  ])("%s", async (_name, path, expected) => {
    expect(await read(path)).toEqual(expected);
  });

  test("leave out of the count what they leave out of the rows", async () => {
    const { count } = await library
      .client()
      .from("books")
      .select("id, genres!inner(id)", { count: "exact", head: true })
      .eq("genres.name", "Poetry");
    expect(count).toBe(2);
  });
});

describe("related rows that cannot be found", () => {
  test("more than one relationship: all are listed, with a way out", async () => {
    const { error, status } = await library.client().from("books").select("id, authors(name)");
    expect(status).toBe(300);
    expect(error).toMatchObject({
      code: "PGRST201",
      message: "Could not embed because more than one relationship was found for 'books' and 'authors'",
      details: [
        {
          cardinality: "many-to-one",
          embedding: "books with authors",
          relationship: "books_author_id_fkey using books(author_id) and authors(id)",
        },
        {
          cardinality: "many-to-one",
          embedding: "books with authors",
          relationship: "books_translator_id_fkey using books(translator_id) and authors(id)",
        },
      ],
      hint: "Try changing 'authors' to one of the following: 'authors!books_author_id_fkey', 'authors!books_translator_id_fkey'. Find the desired relationship in the 'details' key.",
    });
  });

  test("none: what was searched for, and what it may have meant", async () => {
    const { error, status } = await library.client().from("books").select("id, genre(name)");
    expect(status).toBe(400);
    expect(error).toMatchObject({
      code: "PGRST200",
      message: "Could not find a relationship between 'books' and 'genre' in the schema cache",
      details:
        "Searched for a foreign key relationship between 'books' and 'genre' in the schema 'public', but no matches were found.",
      hint: "Perhaps you meant 'genres' instead of 'genre'.",
    });
  });

  test.each([
    ["/books?select=id,genres(id)&order=genres(id)", "PGRST118", "A related order on 'genres' is not possible"],
    ["/books?select=id,shelves(id)&shelves=eq.1", "PGRST120", "Bad operator on the 'shelves' embedded resource"],
  ])("%s", async (path, code, message) => {
    const response = await library.request(path);
    expect(await response.json()).toMatchObject({ code, message });
  });
});
