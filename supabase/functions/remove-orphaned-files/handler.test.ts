import { describe, expect, it } from "vitest";
import { createOrphanHandler, type OrphanDependencies } from "./handler.ts";

function setUp(orphans: string[], changes: Partial<OrphanDependencies> = {}) {
  const left = [...orphans];
  const requests: string[][] = [];
  const handler = createOrphanHandler({
    secretKey: "sb_secret_right",
    orphanedFiles: async () => ({ data: left.slice(0, 500), error: null }),
    removeFiles: async (paths) => {
      requests.push(paths);
      return { data: left.splice(0, paths.length), error: null };
    },
    ...changes,
  });
  const call = (apikey: string | null = "sb_secret_right", method = "POST") =>
    handler(new Request("http://localhost/remove-orphaned-files", { method, headers: apikey ? { apikey } : {} }));
  return { call, left, requests };
}

const many = (count: number) => Array.from({ length: count }, (_, place) => `path/${place}`);

describe("remove-orphaned-files", () => {
  it("removes all there are, in short lists", async () => {
    const { call, left, requests } = setUp(many(620));
    expect(await (await call()).json()).toEqual({ removed: 620 });
    expect(left).toEqual([]);
    expect(Math.max(...requests.map(({ length }) => length))).toBe(100);
  });

  it("asks for nothing when there is nothing", async () => {
    const { call, requests } = setUp([]);
    expect(await (await call()).json()).toEqual({ removed: 0 });
    expect(requests).toEqual([]);
  });

  it("does not try for ever what cannot be removed", async () => {
    const { call } = setUp(many(3), { removeFiles: async () => ({ data: [], error: null }) });
    expect(await (await call()).json()).toEqual({ removed: 0 });
  });

  it.each([[null], ["sb_publishable_x"], ["sb_secret_wrong"]])("refuses the key %j", async (apikey) => {
    const { call, left } = setUp(many(1));
    expect((await call(apikey)).status).toBe(401);
    expect(left).toHaveLength(1);
  });

  it.each([
    ["the database", { orphanedFiles: async () => ({ data: null, error: { message: "inside" } }) }],
    ["the Storage API", { removeFiles: async () => ({ data: null, error: { message: "inside" } }) }],
  ] satisfies [string, Partial<OrphanDependencies>][])("says that it failed when %s refuses", async (_who, changes) => {
    const response = await setUp(many(1), changes).call();
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("inside");
  });

  it("takes POST only", async () => {
    expect((await setUp([]).call("sb_secret_right", "GET")).status).toBe(405);
  });
});
