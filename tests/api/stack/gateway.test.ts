// The door in front of every part: project keys, preflights, and what it leaves to the parts themselves.
import { get } from "node:http";
import { describe, expect, test } from "vitest";
import { stack } from "../../support/stack.ts";

const { apiUrl, publishableKey, secretKey } = stack();
const origin = "http://app.example.test";

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(apiUrl + path, init);
}

describe("a project key", () => {
  test.each([
    ["in its header", "/auth/v1/settings", { apikey: publishableKey }],
    ["in the address", `/auth/v1/settings?apikey=${publishableKey}`, {}],
    ["as bearer", "/auth/v1/settings", { authorization: `Bearer ${publishableKey}` }],
  ])("opens the door %s", async (_where, path, headers) => {
    expect((await ask(path, { headers })).status).toBe(200);
  });

  test.each([
    ["missing", {}, "No API key found in request"],
    ["wrong", { apikey: `${secretKey.slice(0, -1)}_` }, "Invalid API key"],
    ["empty", { apikey: "" }, "No API key found in request"],
  ])("that is %s is refused by name", async (_how, headers, message) => {
    const answer = await ask("/rest/v1/rpc/stack_health", { method: "POST", headers });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ message });
  });

  test("never lends its power to a token that is not one", async () => {
    const headers = { apikey: secretKey, authorization: "Bearer " };
    expect((await ask("/rest/v1/rpc/stack_health", { method: "POST", headers })).status).toBe(401);
  });

  test("opens it for a client that offers another protocol beside, as Java's does", async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        apikey: publishableKey,
        connection: "Upgrade, HTTP2-Settings",
        upgrade: "h2c",
        "http2-settings": "",
      };
      get(`${apiUrl}/auth/v1/settings`, { headers }, ({ statusCode }) => resolve(statusCode)).on("error", reject);
    });
    expect(answer).toBe(200);
  });

  test("is not needed for the published signing key", async () => {
    const answer = await ask("/auth/v1/.well-known/jwks.json");
    expect(await answer.json()).toMatchObject({ keys: [{ kty: "EC", alg: "ES256" }] });
  });
});

describe("a browser from another origin", () => {
  const preflight = {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "apikey, authorization, x-client-info, prefer",
    },
  };

  test("may ask the Data API and read what it needs of the answer", async () => {
    const allowed = await ask("/rest/v1/rpc/stack_health", preflight);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get("access-control-allow-headers")).toContain("prefer");
    const answer = await ask("/rest/v1/rpc/stack_health", {
      method: "POST",
      headers: { origin, apikey: publishableKey },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toContain("Content-Range");
  });

  test("is answered by a function itself, which must allow it itself, as on the platform", async () => {
    const allowed = await ask("/functions/v1/health", preflight);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-methods")).toBe("GET, POST, OPTIONS");
  });

  test("can read why the platform refused a function, though the function never ran", async () => {
    const refused = await ask("/functions/v1/health", { method: "POST", headers: { origin, apikey: publishableKey } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
  });

  test("cannot read the mails", async () => {
    const answer = await ask("/mail/api/v1/messages", { headers: { origin } });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

test("an address that leads nowhere is told", async () => {
  const answer = await ask("/nowhere", { headers: { apikey: publishableKey } });
  expect(answer.status).toBe(404);
});
