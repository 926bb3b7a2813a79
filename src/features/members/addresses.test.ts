import { describe, expect, test } from "vitest";
import { parseAddresses } from "./addresses";
import { readFilter, writeFilter } from "./filter";

test.each([
  ["one", "ann@a.test", ["ann@a.test"]],
  [
    "a line of them",
    "ann@a.test, bo@a.test;cy@a.test dee@a.test",
    ["ann@a.test", "bo@a.test", "cy@a.test", "dee@a.test"],
  ],
  ["a column", "ann@a.test\r\nbo@a.test\n\n", ["ann@a.test", "bo@a.test"]],
  ["a mail's header", 'Ann Lind <ann@a.test>, "Bo, the tall" <Bo@A.test>', ["ann@a.test", "bo@a.test"]],
  ["the same twice", "ann@a.test ANN@a.test", ["ann@a.test"]],
  ["a copied link", "mailto:ann@a.test", ["ann@a.test"]],
])("%s is read", (_what, text, addresses) => {
  expect(parseAddresses(text).addresses).toEqual(addresses);
});

test("what is not an address is named, and the others are kept", () => {
  const { addresses, refused } = parseAddresses("ann@a.test, bo, c@localhost, @a.test");
  expect(addresses).toEqual(["ann@a.test"]);
  expect(refused).toEqual(["bo", "c@localhost", "@a.test"]);
});

describe("what the address says", () => {
  test("is read and written alike", () => {
    const text = "q=ann&role=0d4c2a52-9f0e-4a6c-8a53-5a0a8f4b8a01&status=active&sort=-joined&page=3";
    for (const way of ["after", "before"]) {
      const address = `${text}&${way}=4d4c2a52-9f0e-4a6c-8a53-5a0a8f4b8a01`;
      expect(writeFilter(readFilter(new URLSearchParams(address))).toString()).toBe(address);
    }
    expect(writeFilter(readFilter(new URLSearchParams())).toString()).toBe("");
  });

  test("is not believed when it makes no sense", () => {
    const filter = readFilter(new URLSearchParams("role=1&status=all&sort=password&page=7&after=x"));
    const place = { number: 1, beside: null, backwards: false };
    expect(filter).toEqual({ text: "", role: null, status: null, sort: "name", descending: false, place });
  });
});
