import { expect, test } from "vitest";
import { NOBODY } from "./constants";
import { isFiltered, readListing, writeListing } from "./filter";

const read = (search: string) => readListing(new URLSearchParams(search));

test("what the address says comes out of it again", () => {
  const person = "8fe12c69-2450-4f21-8fd2-4b7072700640";
  const search = `q=alp&status=active,pending&tier=gold&domain=cloud&region=emea&tag=strategic&owner=${person}&archived=yes&sort=-health&page=3&after=${person}`;
  expect(Object.fromEntries(writeListing(read(search)))).toEqual(Object.fromEntries(new URLSearchParams(search)));
});

test("as the page opens by itself, the address says nothing", () => {
  expect(writeListing(read("")).toString()).toBe("");
  expect(isFiltered(read("sort=-updated&archived=yes"))).toBe(false);
  expect(isFiltered(read("tag=x"))).toBe(true);
});

test("partners without an owner have a word of their own", () => {
  expect(read("owner=none").owner).toBe(NOBODY);
  expect(writeListing(read("owner=none")).get("owner")).toBe("none");
});

test("what somebody wrote into the address by hand cannot break the list", () => {
  const odd = read(`status=a b,%27;drop,active,active&owner=me&sort=notes&page=-1&after=x&q=${"x".repeat(500)}`);
  expect(odd).toMatchObject({ statuses: ["active"], owner: null, sort: "name", place: { number: 1, beside: null } });
  expect(odd.text).toHaveLength(100);
});
