import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTokens } from "../../../supabase/local/gateway/tokens.ts";
import { startRunner, type TestRunner } from "./runner.ts";

let runner: TestRunner;
beforeAll(async () => {
  runner = await startRunner({ config: { functions: { open: { verify_jwt: false }, closed: { verify_jwt: true } } } });
  for (const name of ["open", "closed", "default"]) runner.define(name, `Deno.serve(() => new Response("in"));`);
});
afterAll(() => runner.close());

const soon = () => Math.floor(Date.now() / 1000) + 600;
const ask = (name: string, authorization: string | null, method = "POST") =>
  fetch(`${runner.url}/${name}`, { method, headers: authorization === null ? {} : { authorization } });

const refusals: [string, string, string, () => Promise<string | null> | string | null][] = [
  ["nothing", "NO_AUTH_HEADER", "Missing authorization header", () => null],
  ["a publishable key", "INVALID_JWT_FORMAT", "Invalid JWT", () => "Bearer sb_publishable_test"],
  ["a secret key", "INVALID_JWT_FORMAT", "Invalid JWT", () => "Bearer sb_secret_test"],
  ["another scheme", "INVALID_JWT_FORMAT", "Invalid JWT", () => "Basic dXNlcjpwYXNz"],
  ["three words that are no token", "INVALID_JWT_FORMAT", "Invalid JWT", () => "Bearer a.b.c"],
  [
    "an expired token",
    "ASYMMETRIC_JWT",
    "Invalid JWT",
    async () => `Bearer ${await runner.tokens.sign({ sub: "x", exp: soon() - 3600 })}`,
  ],
  [
    "a token of another project",
    "ASYMMETRIC_JWT",
    "Invalid JWT",
    async () => {
      const { privateKey } = await generateKeyPair("ES256", { extractable: true });
      return `Bearer ${await (await createTokens(await exportJWK(privateKey))).sign({ sub: "x", exp: soon() })}`;
    },
  ],
  [
    "a token signed with a shared secret",
    "LEGACY_JWT",
    "Invalid JWT",
    async () => {
      const secret = new TextEncoder().encode(JSON.stringify(runner.tokens.jwks().keys[0]));
      return `Bearer ${await new SignJWT({ role: "service_role", exp: soon() }).setProtectedHeader({ alg: "HS256" }).sign(secret)}`;
    },
  ],
];

describe("verify_jwt", () => {
  it.each(refusals)("refuses %s", async (_what, reason, message, authorization) => {
    const response = await ask("closed", await authorization());
    expect(response.status).toBe(401);
    expect(response.headers.get("sb-error-code")).toBe(`UNAUTHORIZED_${reason}`);
    expect(await response.json()).toEqual({ code: `UNAUTHORIZED_${reason}`, message });
  });

  it("refuses a token without a signature", async () => {
    const response = await ask("closed", `Bearer ${new UnsecuredJWT({ sub: "x", exp: soon() }).encode()}`);
    expect(response.status).toBe(401);
    const unsigned = new UnsecuredJWT({ sub: "x", exp: soon() }).encode();
    const filled = await ask("closed", `Bearer ${unsigned}c2ln`);
    expect([filled.status, (await filled.json()).code]).toEqual([401, "UNAUTHORIZED_UNSUPPORTED_TOKEN_ALGORITHM"]);
  });

  it("is on where config.toml says nothing", async () => {
    expect((await ask("default", null)).status).toBe(401);
  });

  it("lets a signed-in person in", async () => {
    const bearer = `Bearer ${await runner.tokens.sign({ sub: "x", role: "authenticated", exp: soon() })}`;
    expect(await (await ask("closed", bearer)).text()).toBe("in");
  });

  it("lets a preflight through to the function, which answers for its own CORS", async () => {
    expect((await ask("closed", null, "OPTIONS")).status).toBe(200);
  });

  it("switched off asks nobody", async () => {
    expect(await (await ask("open", null)).text()).toBe("in");
    expect(await (await ask("open", "Bearer sb_publishable_test")).text()).toBe("in");
  });

  it("does not matter for a function that is not there", async () => {
    expect((await ask("missing", null)).status).toBe(404);
  });
});
