import { describe, expect, test } from "vitest";
import { chooseOrganization, hostFor } from "./choose-organization";

const alder = { id: "a", slug: "alder", isActive: true };
const birch = { id: "b", slug: "birch", isActive: true };
const closed = { id: "c", slug: "closed", isActive: false };
const mine = [closed, alder, birch];

const choose = (wishes: Partial<Parameters<typeof chooseOrganization>[1]>, organizations = mine) =>
  chooseOrganization(organizations, { hostname: "app.example.com", tab: null, profile: null, ...wishes })?.id ?? null;

describe("the organization a person works in", () => {
  test("is the one of the address, whatever was chosen before", () => {
    expect(choose({ hostname: "birch.example.com", tab: "a", profile: "a" })).toBe("b");
  });

  test("is the one of this tab before the one used last elsewhere", () => {
    expect(choose({ tab: "b", profile: "a" })).toBe("b");
    expect(choose({ profile: "b" })).toBe("b");
  });

  test("is the first that is open when nothing was chosen", () => expect(choose({})).toBe("a"));

  test("stays the chosen one while it is suspended, so that this can be said", () => {
    expect(choose({ tab: "c" })).toBe("c");
    expect(choose({}, [closed])).toBe("c");
  });

  test("is never one they do not belong to", () => {
    expect(choose({ hostname: "foreign.example.com", tab: "x", profile: "y" })).toBe("a");
    expect(choose({ tab: "x" }, [])).toBeNull();
  });

  test.each(["localhost", "127.0.0.1", "birch"])(
    "is not read from the host %s, which has no label of its own",
    (hostname) => {
      expect(choose({ hostname, tab: "a" })).toBe("a");
    },
  );
});

describe("switching where the host chooses", () => {
  test("leads to the other host, port included", () => {
    expect(hostFor(birch, mine, "alder.example.com:8080")).toBe("birch.example.com:8080");
  });

  test("stays where it is otherwise", () => {
    expect(hostFor(birch, mine, "app.example.com")).toBeNull();
    expect(hostFor(birch, mine, "localhost:5173")).toBeNull();
    expect(hostFor(birch, mine, "birch.example.com")).toBeNull();
  });
});
