import { describe, expect, test } from "vitest";
import { paths } from "@/shared/lib/paths";
import { matchRoutes } from "@/shared/lib/router";
import { House } from "@/shared/ui/icons";
import { itemAt, type NavigationGroup, navigation, navigationFor, personalItems } from "./navigation";
import { isPageHandle } from "./page";
import { routes } from "./routes";

const groups: NavigationGroup[] = [
  { label: null, items: [{ path: "/", label: "Home", Icon: House }] },
  {
    label: "Admin",
    items: [
      { path: "/admin/members", label: "Members", Icon: House, permission: "members.read" },
      { path: "/admin/audit", label: "Audit log", Icon: House, permission: "audit.read" },
    ],
  },
  { label: "Help", items: [{ path: "/status", label: "System status", Icon: House, personal: true }] },
];

const labels = (shown: NavigationGroup[]) => shown.flatMap(({ items }) => items.map(({ label }) => label));

describe("the navigation", () => {
  test("shows what a person may open, and nothing else", () => {
    const shown = navigationFor(groups, (permission) => permission === "members.read" && "all", true);
    expect(labels(shown)).toEqual(["Home", "Members", "System status"]);
  });

  test("counts a right to one's own as a right to the page", () => {
    expect(labels(navigationFor(groups, () => "own", true))).toContain("Audit log");
  });

  test("leaves out a group of which nothing is left", () => {
    const shown = navigationFor(groups, () => false, true);
    expect(shown.map(({ label }) => label)).toEqual([null, "Help"]);
  });

  test("without an organization keeps only what is the person's own", () => {
    expect(labels(navigationFor(groups, () => "all", false))).toEqual(["System status"]);
  });

  test("leads only to pages that exist", () => {
    for (const { path } of [...navigation.flatMap(({ items }) => items), ...personalItems]) {
      const found = matchRoutes(routes, path)?.at(-1)?.route;
      expect(found && isPageHandle(found.handle) && found.path, path).not.toBe("*");
      expect(found, path).toBeDefined();
    }
  });

  test("names every path once", () => {
    const all = navigation.flatMap(({ items }) => items.map(({ path }) => path));
    expect(new Set(all).size).toBe(all.length);
  });
});

test.each([
  ["/", "Home"],
  ["/admin/members", "Members"],
  ["/admin/members/42", "Members"],
  ["/admin/membership", undefined],
  ["/somewhere", undefined],
])("at %s the current item is %s", (pathname, label) => {
  expect(itemAt(groups, pathname)?.label).toBe(label);
});

test("home is where everybody begins", () => {
  expect(itemAt(navigation, paths.home)?.label).toBe("Home");
});
