// The product's own function, on the running stack: through the gateway, as the people of the seed.
import { createClient } from "@supabase/supabase-js";
import { Client } from "pg";
import { beforeAll, expect, it } from "vitest";
import { stack } from "../../support/stack.ts";

const { apiUrl, adminDbUrl, publishableKey, secretKey } = stack();
const withoutSession = { auth: { persistSession: false, autoRefreshToken: false } };
const admin = createClient(apiUrl, publishableKey, withoutSession);

beforeAll(async () => {
  const { error } = await admin.auth.signInWithPassword({ email: "admin@northwind.test", password: "workspace-demo" });
  if (error) throw error;
});

it("tells a signed-in person what the database itself says", async () => {
  const { data, error } = await admin.functions.invoke("health");
  expect(error).toBeNull();
  const database = new Client({ connectionString: adminDbUrl });
  await database.connect();
  const { rows } = await database.query(
    `select current_setting('server_version') as version, count(*)::int as applied, max(version || '_' || name) as latest
     from supabase_migrations.schema_migrations`,
  );
  await database.end();
  expect(data).toEqual({
    status: "ok",
    checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    versions: {
      database: rows[0].version.split(" ")[0],
      runtime: expect.stringMatching(/^2\.\d+\.\d+$/),
      product: "0.1.0",
    },
    migrations: { applied: rows[0].applied, latest: rows[0].latest },
    jobs: { waiting: expect.any(Number) },
  });
  expect(Math.abs(Date.parse(data.checkedAt) - Date.now())).toBeLessThan(60_000);
});

it("is answered by GET as well", async () => {
  const { data } = await admin.functions.invoke("health", { method: "GET" });
  expect(data.status).toBe("ok");
});

it.each([
  ["with the publishable key only", publishableKey],
  ["with the secret key only", secretKey],
])("refuses %s", async (_who, key) => {
  const { data, error } = await createClient(apiUrl, key, withoutSession).functions.invoke("health");
  expect(data).toBeNull();
  expect(error.context.status).toBe(401);
  expect((await error.context.json()).code).toMatch(/^UNAUTHORIZED_/);
});

it("refuses a token that somebody made up", async () => {
  const { data } = await admin.auth.getSession();
  const [head, , signature] = data.session?.access_token.split(".") ?? [];
  const payload = Buffer.from(JSON.stringify({ sub: "x", role: "service_role", exp: 4_102_444_800 })).toString(
    "base64url",
  );
  const headers = { Authorization: `Bearer ${head}.${payload}.${signature}` };
  const { error } = await admin.functions.invoke("health", { headers });
  expect(error.context.status).toBe(401);
});

it("may be asked from a page of another origin", async () => {
  const headers = {
    origin: "http://localhost:5173",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,apikey",
  };
  const response = await fetch(`${apiUrl}/functions/v1/health`, { method: "OPTIONS", headers });
  expect(response.ok).toBe(true);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
});
