import { rmSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRunner, type TestRunner } from "./runner.ts";

let runner: TestRunner;
beforeAll(async () => {
  runner = await startRunner({
    env: "COLOUR=green\nSUPABASE_URL=http://elsewhere.test\n",
    config: {
      edge_runtime: { policy: "per_worker", secrets: { SHAPE: "round", COLOUR: "grey", HOME_OF: "env(HOME)" } },
      functions: {
        "switched-off": { enabled: false },
        elsewhere: { entrypoint: "./functions/_entries/main.ts" },
        mapped: { import_map: "./functions/mapped/import_map.json" },
      },
    },
  });
});
afterAll(() => runner.close());

const textOf = async (path: string) => (await runner.call(path)).text();

describe("what is served", () => {
  it("a new folder at once, an edit at the next request, and no longer what was removed", async () => {
    expect((await runner.call("greeting")).status).toBe(404);
    runner.define("greeting", `Deno.serve(() => new Response("hello"));`);
    expect(await textOf("greeting")).toBe("hello");
    runner.define("greeting", `Deno.serve(() => new Response("good day"));`);
    expect(await textOf("greeting")).toBe("good day");
    rmSync(join(runner.functionsDir, "greeting"), { recursive: true });
    expect((await runner.call("greeting")).status).toBe(404);
  });

  it("an edit of a file that the function imports, from _shared too", async () => {
    runner.write("_shared/deep/word.ts", `export const word = "one";`);
    runner.write("_shared/words.ts", `export * from "./deep/word.ts";`);
    runner.define("words", `import { word } from "../_shared/words.ts"; Deno.serve(() => new Response(word));`);
    expect(await textOf("words")).toBe("one");
    runner.write("_shared/deep/word.ts", `export const word = "two";`);
    expect(await textOf("words")).toBe("two");
  });

  it("packages in the version that the function's own deno.json pins, and no other", async () => {
    const pin = (version: string) =>
      runner.write("packaged/deno.json", JSON.stringify({ imports: { joiner: `npm:date-fns@${version}` } }));
    runner.define("packaged", `import { addDays } from "joiner"; Deno.serve(() => new Response(typeof addDays));`);
    pin("4.4.0");
    expect(await textOf("packaged")).toBe("function");
    pin("2.0.0");
    expect((await runner.call("packaged")).status).toBe(503);
  });

  it("an entry point and an import map that config.toml names", async () => {
    runner.write("_entries/main.ts", `Deno.serve(() => new Response("from elsewhere"));`);
    expect(await textOf("elsewhere")).toBe("from elsewhere");
    runner.write("mapped/import_map.json", JSON.stringify({ imports: { "the-word": "../_shared/mapped.ts" } }));
    runner.write("_shared/mapped.ts", `export const word = "mapped";`);
    runner.define("mapped", `import { word } from "the-word"; Deno.serve(() => new Response(word));`);
    expect(await textOf("mapped")).toBe("mapped");
  });

  it("a module that exports its handler instead of calling Deno.serve", async () => {
    runner.define("exported", `export default { fetch: () => new Response("exported") };`);
    expect(await textOf("exported")).toBe("exported");
  });

  it("whatever port the function asks for", async () => {
    runner.define("own-port", `Deno.serve({ port: 1, hostname: "0.0.0.0" }, () => new Response("reached"));`);
    expect(await textOf("own-port")).toBe("reached");
  });

  it("neither what is switched off, nor shared files, nor anything outside the folder", async () => {
    runner.define("switched-off", `Deno.serve(() => new Response("on"));`);
    runner.write("_shared/index.ts", `Deno.serve(() => new Response("shared"));`);
    for (const path of ["switched-off", "_shared", "..%2Fsupabase", "unknown", ""]) {
      const response = await runner.call(path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get("sb-error-code")).toBe("NOT_FOUND");
      expect(await response.json()).toEqual({ code: "NOT_FOUND", message: "Requested function was not found" });
    }
  });
});

describe("what a function sees", () => {
  it("the path from its own name on, method, query, headers and body as they were sent", async () => {
    runner.define(
      "echo",
      `Deno.serve(async (request) => {
        const { pathname, search } = new URL(request.url);
        const headers = Object.fromEntries(request.headers);
        return Response.json({ method: request.method, pathname, search, headers, body: await request.text() });
      });`,
    );
    const headers = {
      "x-custom": "a",
      "x-forwarded-for": "1.2.3.4",
      apikey: "sb_publishable_test",
    };
    const response = await runner.call("echo/a%20b/c?x=1&x=2", { method: "PATCH", body: "text", headers });
    const seen = await response.json();
    expect(seen).toMatchObject({ method: "PATCH", pathname: "/echo/a%20b/c", search: "?x=1&x=2", body: "text" });
    expect(seen.headers).toMatchObject({
      "x-custom": "a",
      apikey: "sb_publishable_test",
      "x-forwarded-for": "127.0.0.1",
    });
    expect(seen.headers.authorization).toMatch(/^Bearer /);
    expect(Object.keys(seen.headers).filter((name) => name.startsWith("x-runner"))).toEqual([]);
  });

  it("the platform's variables and its secrets, and nothing else of this machine", async () => {
    runner.define("environment", `Deno.serve(() => Response.json(Deno.env.toObject()));`);
    const seen = await (await runner.call("environment")).json();
    expect(Object.keys(seen).sort()).toEqual([
      "COLOUR",
      "DENO_DEPLOYMENT_ID",
      "HOME_OF",
      "SB_EXECUTION_ID",
      "SB_REGION",
      "SHAPE",
      "SUPABASE_ANON_KEY",
      "SUPABASE_DB_URL",
      "SUPABASE_JWKS",
      "SUPABASE_PUBLISHABLE_KEYS",
      "SUPABASE_SECRET_KEYS",
      "SUPABASE_SERVICE_ROLE_KEY",
      "SUPABASE_URL",
      "TMPDIR",
    ]);
    expect(seen).toMatchObject({
      COLOUR: "green",
      SHAPE: "round",
      HOME_OF: process.env.HOME ?? "",
      SUPABASE_URL: "http://127.0.0.1:54321",
      SUPABASE_ANON_KEY: "sb_publishable_test",
      SUPABASE_SERVICE_ROLE_KEY: "sb_secret_test",
    });
    expect(JSON.parse(seen.SUPABASE_SECRET_KEYS)).toEqual({ default: "sb_secret_test" });
    expect(JSON.parse(seen.SUPABASE_JWKS)).toEqual(runner.tokens.jwks());
  });

  it("a changed secret from the next request on", async () => {
    runner.define("secret", `Deno.serve(() => new Response(Deno.env.get("COLOUR")));`);
    expect(await textOf("secret")).toBe("green");
    runner.write(".env", "COLOUR=blue\n");
    expect(await textOf("secret")).toBe("blue");
  });
});

describe("when a function fails", () => {
  const failures: [string, string, number, string][] = [
    ["does not parse", `Deno.serve((( => new Response("x"));`, 503, "BOOT_ERROR"],
    ["throws while it loads", `throw new Error("inner detail");`, 503, "BOOT_ERROR"],
    [
      "throws right after Deno.serve",
      `Deno.serve(() => new Response()); throw new Error("inner detail");`,
      503,
      "BOOT_ERROR",
    ],
    ["imports what is not there", `import "./inner-detail.ts";`, 503, "BOOT_ERROR"],
    ["never calls Deno.serve", `console.log("inner detail");`, 503, "BOOT_ERROR"],
    ["throws in its handler", `Deno.serve(() => { throw new Error("inner detail"); });`, 500, "WORKER_ERROR"],
    [
      "leaves a promise without a catch",
      `Deno.serve(() => { Promise.reject(new Error("inner detail")); return new Promise(() => {}); });`,
      500,
      "WORKER_ERROR",
    ],
    ["ends its own process", `Deno.serve(() => Deno.exit(0));`, 500, "WORKER_ERROR"],
  ];
  it.each(failures)(
    "because it %s, the answer is the platform's and the log has the rest",
    async (how, source, status, code) => {
      const name = how.replaceAll(/[^A-Za-z]+/g, "-").toLowerCase();
      runner.define(name, source);
      const { data, error } = await runner.client.invoke(name);
      expect(data).toBeNull();
      expect(error.name).toBe("FunctionsHttpError");
      const response: Response = error.context;
      expect(response.status).toBe(status);
      expect(response.headers.get("sb-error-code")).toBe(code);
      const text = await response.text();
      expect(JSON.parse(text)).toEqual({ code, message: expect.stringContaining("please check logs") });
      expect(text).not.toContain("inner");
      expect(runner.log.some((line) => line.startsWith(`[${name}]`))).toBe(true);
    },
  );

  it("with an answer of its own, that answer arrives, marked as the function's", async () => {
    runner.define("own-error", `Deno.serve(() => Response.json({ reason: "mine" }, { status: 502 }));`);
    const response = await runner.call("own-error");
    expect([response.status, await response.json()]).toEqual([502, { reason: "mine" }]);
    expect(response.headers.get("sb-error-code")).toBe("EDGE_FUNCTION_ERROR");
  });

  it("its own onError is asked first", async () => {
    runner.define(
      "own-handler",
      `Deno.serve({ onError: () => new Response("handled", { status: 418 }) }, () => { throw new Error("x"); });`,
    );
    const response = await runner.call("own-handler");
    expect([response.status, await response.text()]).toEqual([418, "handled"]);
  });

  it("a corrected function works at the next request", async () => {
    runner.define("corrected", `Deno.serve(`);
    expect((await runner.call("corrected")).status).toBe(503);
    runner.define("corrected", `Deno.serve(() => new Response("right"));`);
    expect(await textOf("corrected")).toBe("right");
  });

  it("what it prints is in the log under its name", async () => {
    runner.define(
      "talker",
      `Deno.serve(() => { console.log("to out"); console.error("to err"); return new Response(); });`,
    );
    await runner.call("talker");
    await expect.poll(() => runner.log).toEqual(expect.arrayContaining(["[talker] to out", "[talker] to err"]));
  });
});

it("WebSockets and methods that the platform does not know are refused plainly", async () => {
  runner.define("plain", `Deno.serve(() => new Response("x"));`);
  expect((await runner.call("plain", { method: "PROPFIND" })).status).toBe(405);
  const status = await new Promise((resolve, reject) => {
    const headers = { connection: "upgrade", upgrade: "websocket" };
    const outgoing = request(`${runner.url}/plain`, { headers }, (response) => resolve(response.resume().statusCode));
    outgoing.on("error", reject).end();
  });
  expect(status).toBe(400);
});
