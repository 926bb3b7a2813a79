import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type AnchorDependencies, type ChainHead, createAnchorHandler } from "./handler.ts";

const heads: ChainHead[] = [
  { organization_id: "a", sequence: 7, hash: "ab", sealed_at: "2026-01-02T03:04:05Z" },
  { organization_id: "b", sequence: 9, hash: "cd", sealed_at: "2026-01-02T03:04:05Z" },
];

function setUp(changes: Partial<AnchorDependencies> = {}) {
  const sent: { url: string; init: RequestInit }[] = [];
  const recorded: unknown[][] = [];
  const handler = createAnchorHandler({
    secretKey: "sb_secret_right",
    anchor: { url: "https://operator:word@anchor.test/heads?token=hidden", key: "key" },
    unanchoredHeads: async () => ({ data: heads, error: null }),
    recordAnchors: async (...args) => {
      recorded.push(args);
      return { data: args[0].length, error: null };
    },
    fetch: async (url, init) => {
      sent.push({ url, init });
      return new Response("kept");
    },
    now: () => new Date("2026-01-02T03:04:05Z"),
    ...changes,
  });
  const call = (apikey: string | null = "sb_secret_right", method = "POST") =>
    handler(new Request("http://localhost/anchor-audit-log", { method, headers: apikey ? { apikey } : {} }));
  return { call, sent, recorded };
}

describe("anchor-audit-log", () => {
  it("sends the heads, signed, and records the receipt without what is secret in the address", async () => {
    const { call, sent, recorded } = setUp();
    const response = await call();
    expect(await response.json()).toEqual({ anchored: 2 });
    const { init } = sent[0] ?? { init: {} };
    const timestamp = String(Date.parse("2026-01-02T03:04:05Z") / 1000);
    const expected = createHmac("sha256", "key").update(`${timestamp}.${init.body}`).digest("hex");
    expect(new Headers(init.headers).get("x-anchor-signature")).toBe(expected);
    expect(JSON.parse(String(init.body))).toEqual({ heads });
    expect(init.redirect).toBe("manual");
    expect(recorded).toEqual([[heads, "https://anchor.test/heads", "kept"]]);
  });

  it.each([[null], ["sb_publishable_x"], ["sb_secret_wrong"]])("refuses the key %j", async (apikey) => {
    const { call, sent } = setUp();
    expect((await call(apikey)).status).toBe(401);
    expect(sent).toEqual([]);
  });

  it("goes on as long as the database hands out as many as it may", async () => {
    const many = Array.from({ length: 1000 }, (_, sequence) => ({ ...heads[0], sequence }) as ChainHead);
    const turns = [many, many, heads];
    const { call, sent } = setUp({ unanchoredHeads: async () => ({ data: turns.shift() ?? [], error: null }) });
    expect(await (await call()).json()).toEqual({ anchored: 2000 + heads.length });
    expect(sent).toHaveLength(3);
  });

  it("sends nothing when there is nothing new", async () => {
    const { call, sent } = setUp({ unanchoredHeads: async () => ({ data: [], error: null }) });
    expect(await (await call()).json()).toEqual({ anchored: 0 });
    expect(sent).toEqual([]);
  });

  it.each([
    ["is not told where", { anchor: { url: undefined, key: "key" } }, 503, "not_configured"],
    ["is refused there", { fetch: async () => new Response("no room", { status: 507 }) }, 502, "anchor_refused"],
    ["is sent elsewhere", { fetch: async () => new Response(null, { status: 302 }) }, 502, "anchor_refused"],
    [
      "cannot ask the database",
      { unanchoredHeads: async () => ({ data: null, error: { message: "inside" } }) },
      500,
      "internal_error",
    ],
    ["reaches nobody", { fetch: () => Promise.reject(new TypeError("inside")) }, 500, "internal_error"],
  ] satisfies [string, Partial<AnchorDependencies>, number, string][])(
    "records nothing and says so when it %s",
    async (_when, changes, status, code) => {
      const { call, recorded } = setUp(changes);
      const response = await call();
      const text = await response.text();
      expect([response.status, JSON.parse(text).code]).toEqual([status, code]);
      expect(text).not.toMatch(/inside|no room/);
      expect(recorded).toEqual([]);
    },
  );

  it("takes POST only", async () => {
    expect((await setUp().call("sb_secret_right", "GET")).status).toBe(405);
  });
});
