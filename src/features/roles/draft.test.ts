import { describe, expect, test } from "vitest";
import { countChanges, draftOf, rebase, scopeChanges } from "./draft";
import { allowedScopes, exceeding, nextScope, withScope } from "./rights";
import type { CatalogueEntry, Role } from "./types";

const role: Role = {
  id: "r",
  key: "sales_rep",
  name: "Sales rep",
  description: "",
  isBuiltIn: true,
  version: 1,
  scopes: { "partners.read": "all", "partners.write": "own" },
};
const entry = (key: string, supportsOwn: boolean): CatalogueEntry => ({
  key,
  supportsOwn,
  area: "Partners",
  label: key,
  description: "",
});

describe("what a cell can become", () => {
  test("goes through none, own and all, where rows have an owner", () => {
    const allowed = allowedScopes(entry("partners.write", true), { "partners.write": "all" });
    expect(allowed).toEqual(["none", "own", "all"]);
    expect(nextScope("none", allowed)).toBe("own");
    expect(nextScope("all", allowed)).toBe("none");
  });

  test("skips own where nothing has an owner", () => {
    expect(allowedScopes(entry("audit.read", false), { "audit.read": "all" })).toEqual(["none", "all"]);
  });

  test("is never more than one holds oneself", () => {
    expect(allowedScopes(entry("partners.write", true), { "partners.write": "own" })).toEqual(["none", "own"]);
    expect(allowedScopes(entry("partners.write", true), {})).toEqual(["none"]);
  });
});

test("a scope that is more than one's own exceeds it, own within all does not", () => {
  expect(exceeding({ a: "all", b: "own", c: "all" }, { a: "own", b: "all" })).toEqual(["a", "c"]);
  expect(exceeding({ a: "own" }, { a: "own" })).toEqual([]);
});

test("a change that is taken back is no change", () => {
  const changed = withScope(role.scopes, "audit.read", "all");
  expect(scopeChanges(role.scopes, changed)).toEqual([{ permission: "audit.read", from: "none", to: "all" }]);
  expect(countChanges({ ...draftOf(role), scopes: withScope(changed, "audit.read", "none") })).toBe(0);
});

describe("when somebody else saved meanwhile", () => {
  const mine = {
    ...draftOf(role),
    name: "Seller",
    scopes: withScope(withScope(role.scopes, "partners.write", "all"), "audit.read", "all"),
  };

  test("their changes stay and one's own stand on top", () => {
    const theirs = {
      ...role,
      version: 2,
      description: "Sells",
      scopes: { ...role.scopes, "tasks.read": "all" as const },
    };
    const rebased = rebase(mine, theirs);
    expect(rebased).toMatchObject({ name: "Seller", description: "Sells", conflicts: [], base: { version: 2 } });
    expect(rebased.scopes).toEqual({
      "partners.read": "all",
      "partners.write": "all",
      "tasks.read": "all",
      "audit.read": "all",
    });
  });

  test("what both changed differently is named with both values, and one's own is kept", () => {
    const theirs = { ...role, version: 2, name: "Rep", scopes: withScope(role.scopes, "partners.write", "none") };
    const rebased = rebase(mine, theirs);
    expect(rebased.conflicts).toEqual([
      { field: { permission: "partners.write" }, theirs: "none", mine: "all" },
      { field: "name", theirs: "Rep", mine: "Seller" },
    ]);
    expect(rebased.scopes["partners.write"]).toBe("all");
  });

  test("what both changed alike is no conflict", () => {
    const theirs = { ...role, version: 2, name: "Seller", scopes: withScope(role.scopes, "partners.write", "all") };
    const rebased = rebase(mine, theirs);
    expect(rebased.conflicts).toEqual([]);
    expect(countChanges(rebased)).toBe(1);
  });
});
