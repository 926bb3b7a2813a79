import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createHealthHandler, type DatabaseAnswer, type HealthDependencies } from "./handler.ts";

const healthy: DatabaseAnswer = {
  data: { database: "17.10", migrations_applied: 3, latest_migration: "20260101000000_create_things", jobs_waiting: 2 },
  error: null,
  status: 200,
};

function handlerWith(changes: Partial<HealthDependencies> = {}) {
  return createHealthHandler({
    askDatabase: async () => healthy,
    versions: { runtime: "2.9.6", product: "0.1.0" },
    now: () => new Date("2026-01-02T03:04:05Z"),
    timeoutMs: 1_000,
    ...changes,
  });
}

function ask(method = "POST", authorization: string | null = "Bearer header.payload.signature"): Request {
  return new Request("http://localhost/health", { method, headers: authorization ? { authorization } : {} });
}

const refusedWith = (status: number, code: string) => async (): Promise<DatabaseAnswer> => ({
  data: null,
  error: { code, message: "permission denied for function stack_health" },
  status,
});

describe("health", () => {
  it("tells versions, migrations and waiting jobs", async () => {
    const response = await handlerWith()(ask());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: "ok",
      checkedAt: "2026-01-02T03:04:05.000Z",
      versions: { database: "17.10", runtime: "2.9.6", product: "0.1.0" },
      migrations: { applied: 3, latest: "20260101000000_create_things" },
      jobs: { waiting: 2 },
    });
  });

  it("asks the database with the caller's own token", async () => {
    const tokens: string[] = [];
    const askDatabase = async (caller: { token: string }) => {
      tokens.push(caller.token);
      return healthy;
    };
    await handlerWith({ askDatabase })(ask("GET"));
    expect(tokens).toEqual(["header.payload.signature"]);
  });

  it("says degraded, with what it knows, when the database does not answer in time", async () => {
    let signal: AbortSignal | undefined;
    const askDatabase = (_caller: unknown, given: AbortSignal) => {
      signal = given;
      return new Promise<DatabaseAnswer>(() => {});
    };
    const response = await handlerWith({ askDatabase, timeoutMs: 20 })(ask());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "degraded",
      versions: { database: null, runtime: "2.9.6", product: "0.1.0" },
      migrations: { applied: null, latest: null },
      jobs: { waiting: null },
    });
    expect(signal?.aborted).toBe(true);
  });

  it.each([
    ["cannot be reached", () => Promise.reject(new TypeError("fetch failed"))],
    ["fails", refusedWith(500, "57014")],
  ])("says degraded, without the reason, when the database %s", async (_how, askDatabase) => {
    const response = await handlerWith({ askDatabase })(ask());
    const text = await response.text();
    expect(JSON.parse(text).status).toBe("degraded");
    expect(text).not.toMatch(/fetch failed|permission denied/);
  });

  it.each([
    ["nobody is signed in", null],
    ["only a project key was sent", "Bearer sb_publishable_abc"],
  ])("asks to sign in when %s", async (_when, authorization) => {
    const response = await handlerWith()(ask("POST", authorization));
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ code: "not_signed_in", message: "Please sign in first." });
  });

  it.each([
    [401, "PGRST303", "not_signed_in"],
    [403, "42501", "not_allowed"],
  ])("passes on that the database refuses the caller (%i), in its own words", async (status, code, expected) => {
    const response = await handlerWith({ askDatabase: refusedWith(status, code) })(ask());
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text).code).toBe(expected);
    expect(text).not.toContain("stack_health");
  });

  it("answers a preflight without a token", async () => {
    const response = await handlerWith()(ask("OPTIONS", null));
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-methods")).toBe("GET, POST, OPTIONS");
  });

  it("refuses other methods and says which it takes", async () => {
    const response = await handlerWith()(ask("DELETE"));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST, OPTIONS");
  });

  it("carries the version of the product", () => {
    const versionIn = (path: string): string =>
      JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")).version;
    expect(versionIn("./deno.json")).toBe(versionIn("../../../package.json"));
  });
});
