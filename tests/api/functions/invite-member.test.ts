// Inviting by mail, in the real runtime: as the people of the seed, in an organization of this file's own.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { exportJWK, generateKeyPair } from "jose";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFunctions } from "../../../supabase/local/functions/index.ts";
import { createTokens } from "../../../supabase/local/gateway/tokens.ts";
import { projectRoot } from "../../../supabase/local/settings.ts";
import { stack } from "../../support/stack.ts";

const { apiUrl, adminDbUrl, dbUrl, appUrl, mailUrl, publishableKey, secretKey } = stack();
const unique = crypto.randomUUID().slice(0, 8);
const owner = new Client({ connectionString: adminDbUrl });
const people: Record<string, { client: SupabaseClient; token: string }> = {};
let organization = "";
let foreignOrganization = "";
const roles: Record<string, string> = {};

async function signIn(email: string) {
  const client = createClient(apiUrl, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { data, error } = await client.auth.signInWithPassword({ email, password: "workspace-demo" });
  if (error) throw error;
  return { client, token: data.session.access_token };
}

beforeAll(async () => {
  await owner.connect();
  for (const name of ["admin@northwind.test", "rep@northwind.test", "admin@contoso.test"])
    people[name] = await signIn(name);
  const { rows } = await owner.query(
    `insert into public.organizations (name, slug, seat_limit)
     values ($1, $2, 30), ('Elsewhere', $3, 30) returning id`,
    [`Fjord & <b>Sons</b> ${unique}`, `fjord-${unique}`, `elsewhere-${unique}`],
  );
  [organization, foreignOrganization] = rows.map(({ id }) => id);
  await owner.query(
    `insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color)
     select r.organization_id, p.user_id, r.id, given.name, p.email, p.avatar_color
     from (values
       ('admin@northwind.test', 'org_admin', '<img src=x onerror=alert(1)>', $1::uuid),
       ('rep@northwind.test', 'sales_rep', 'Sofia Reyes', $1::uuid),
       ('admin@contoso.test', 'org_admin', 'Carlos Mendes', $2::uuid)
     ) as given (email, role_key, name, organization_id)
     join public.profiles as p on p.email = given.email
     join public.roles as r on r.organization_id = given.organization_id and r.key = given.role_key`,
    [organization, foreignOrganization],
  );
  const found = await owner.query("select key, id from public.roles where organization_id = $1", [organization]);
  for (const { key, id } of found.rows) roles[key] = id;
});

afterAll(async () => {
  await owner.query("delete from public.organizations where id = any ($1)", [[organization, foreignOrganization]]);
  await owner.end();
});

interface Told {
  status: number;
  body: Record<string, unknown>;
  text: string;
}

async function post(who: string | null, body: unknown, headers: Record<string, string> = {}): Promise<Told> {
  const token = who && (people[who]?.token ?? who);
  const response = await fetch(`${apiUrl}/functions/v1/invite-member`, {
    method: "POST",
    headers: {
      apikey: publishableKey,
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}

const invitationsOf = async (address: string): Promise<number> =>
  (await owner.query("select count(*)::int as n from public.invitations where email = $1", [address])).rows[0].n;

async function mailTo(address: string): Promise<{ Subject: string; Text: string; HTML: string } | null> {
  const found = await (await fetch(`${mailUrl}/api/v1/search?query=to:${encodeURIComponent(address)}`)).json();
  const id = found.messages[0]?.ID;
  return id ? (await fetch(`${mailUrl}/api/v1/message/${id}`)).json() : null;
}

const admin = "admin@northwind.test";
const address = (name: string) => `${name}-${unique}@invited.test`;

describe("inviting somebody", () => {
  it("writes the invitation and sends a mail with the link", async () => {
    const to = address("ann");
    const { status, body } = await post(admin, {
      organization,
      address: ` ${to.toUpperCase()} `,
      role: roles.sales_rep,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ mailed: true, link: expect.stringContaining(`${appUrl}/invitation?token=`) });
    expect(Date.parse(String(body.expiresAt))).toBeGreaterThan(Date.now());
    const mail = await mailTo(to);
    expect(mail?.Text).toContain(String(body.link));
    expect(mail?.Text).toContain("as Sales rep.");
    const { rows } = await owner.query("select role_id, email from public.invitations where id = $1", [
      body.invitationId,
    ]);
    expect(rows).toEqual([{ role_id: roles.sales_rep, email: to }]);
  });

  it("shows names as text, in the mail and its subject", async () => {
    const to = address("html");
    await post(admin, { organization, address: to, role: roles.vp });
    const mail = await mailTo(to);
    expect(mail?.HTML).not.toMatch(/<img|<b>/);
    expect(mail?.HTML).toContain("Fjord &amp; &lt;b&gt;Sons&lt;/b&gt;");
    expect(mail?.HTML).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it("takes the link's address from nowhere but the environment", async () => {
    const headers = { origin: "https://evil.test", referer: "https://evil.test/", "x-forwarded-host": "evil.test" };
    const { text } = await post(admin, { organization, address: address("host"), role: roles.vp }, headers);
    expect(text).not.toContain("evil.test");
  });

  it("sends again with a new link, and the old one is worth nothing", async () => {
    const to = address("again");
    const first = await post(admin, { organization, address: to, role: roles.sales_rep });
    const second = await post(admin, { organization, invitation: first.body.invitationId });
    expect(second.status).toBe(200);
    expect(second.body.invitationId).toBe(first.body.invitationId);
    expect(second.body.link).not.toBe(first.body.link);
    expect((await mailTo(to))?.Text).toContain(String(second.body.link));
    expect(await invitationsOf(to)).toBe(1);
  });

  it.each([
    ["somebody who is a member", { address: "rep@northwind.test" }, 400, "PW005"],
    ["what is no address", { address: "not an address" }, 400, "PW013"],
    ["a role of another organization", { role: "0d4c2a52-9f0e-4a6c-8a53-5a0a8f4b8a01" }, 400, "PW012"],
  ])("passes on the database's refusal of %s", async (_what, changes, status, code) => {
    const told = await post(admin, { organization, address: address("refused"), role: roles.vp, ...changes });
    expect([told.status, told.body.code]).toEqual([status, code]);
    expect(told.body.message).toEqual(expect.any(String));
    expect(await invitationsOf(address("refused"))).toBe(0);
  });

  it("answers 429 when one address is mailed over and over", async () => {
    const to = address("often");
    const { body } = await post(admin, { organization, address: to, role: roles.vp });
    const again = () => post(admin, { organization, invitation: body.invitationId });
    for (let sent = 1; sent < 5; sent += 1) expect((await again()).status).toBe(200);
    const told = await again();
    expect([told.status, told.body.code]).toEqual([429, "PW030"]);
  });
});

describe("who may not", () => {
  const to = address("denied");
  const asked = () => ({ organization, address: to, role: roles.vp });

  it("refuses who is not signed in, and a project key", async () => {
    expect((await post(null, asked())).status).toBe(401);
    expect((await post(publishableKey, asked())).status).toBe(401);
    expect((await post(secretKey, asked())).status).toBe(401);
    expect(await invitationsOf(to)).toBe(0);
  });

  it("refuses who may not invite, and an organization of others like one that is not there", async () => {
    const rep = await post("rep@northwind.test", asked());
    const foreign = await post("admin@contoso.test", asked());
    const nowhere = await post("admin@contoso.test", { ...asked(), organization: crypto.randomUUID() });
    expect(rep.status).toBe(403);
    expect([foreign.status, foreign.text]).toEqual([403, nowhere.text]);
    expect(await invitationsOf(to)).toBe(0);
  });

  it("refuses to send a foreign invitation again", async () => {
    const { body } = await post("admin@contoso.test", {
      organization: foreignOrganization,
      address: address("foreign"),
      role: (await owner.query("select id from public.roles where organization_id = $1 limit 1", [foreignOrganization]))
        .rows[0].id,
    });
    expect(body.invitationId).toEqual(expect.any(String));
    const other = await post(admin, { organization: foreignOrganization, invitation: body.invitationId });
    expect(other.status).toBe(403);
    const mixed = await post(admin, { organization, invitation: body.invitationId });
    const random = await post(admin, { organization, invitation: crypto.randomUUID() });
    expect([mixed.status, mixed.text]).toEqual([400, random.text]);
  });

  it.each(["{", "[]", "null", '"x"', "{}", '{"organization":"x"}', `{"organization":{"a":1}}`])(
    "answers %s with a sentence and nothing of the inside",
    async (body) => {
      const told = await post(admin, body);
      expect([told.status, told.body.code]).toEqual([400, "invalid_request"]);
      expect(told.text).not.toMatch(/\bat \/|\.ts:|stack|SyntaxError/);
    },
  );
});

describe("when the mail does not go out", () => {
  let server: Server;
  let requests = 0;
  let answerWith: "500" | "redirect" = "500";
  const tempDir = mkdtempSync(join(tmpdir(), "invite-member-"));
  let functions: Awaited<ReturnType<typeof createFunctions>>;

  async function start(mailApiUrl: string) {
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    return createFunctions({
      functionsDir: join(projectRoot, "supabase/functions"),
      apiUrl,
      dbUrl,
      publishableKey,
      secretKey,
      tokens: await createTokens(await exportJWK(privateKey)),
      // The people's tokens are the stack's; Postgres checks them when the function uses them.
      config: { functions: { "invite-member": { verify_jwt: false } } },
      secrets: { SITE_URL: "https://app.test", MAIL_API_URL: mailApiUrl, MAIL_API_KEY: "key", MAIL_FROM: "a@b.test" },
      tempDir,
      log: () => {},
    });
  }

  const invite = (to: string) =>
    functions.handle(
      new Request("http://127.0.0.1/functions/v1/invite-member", {
        method: "POST",
        headers: { authorization: `Bearer ${people[admin]?.token}`, "content-type": "application/json" },
        body: JSON.stringify({ organization, address: to, role: roles.vp }),
      }),
      { key: "publishable", bearer: null, ip: "127.0.0.1" },
    );

  beforeAll(async () => {
    server = createServer((_request, response) => {
      requests += 1;
      if (answerWith === "redirect") response.writeHead(307, { location: "http://127.0.0.1:1/emails" });
      else response.writeHead(500);
      response.end("internal");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    functions = await start(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  afterAll(async () => {
    await functions.close();
    await new Promise((resolve) => server.close(resolve));
    rmSync(tempDir, { recursive: true, force: true });
  });

  it.each(["500", "redirect"] as const)("keeps the invitation and gives the link (%s)", async (how) => {
    answerWith = how;
    const to = address(`down-${how}`);
    const before = requests;
    const response = await invite(to);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      mailed: false,
      link: expect.stringMatching(/^https:\/\/app\.test\/invitation\?token=./),
    });
    expect(requests).toBe(before + 1);
    expect(await invitationsOf(to)).toBe(1);
  });
});
