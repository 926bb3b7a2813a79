import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import type { Mail } from "../_shared/mail.ts";
import { type Answer, createInviteHandler, type InviteDependencies } from "./handler.ts";
import { type Invitation, invitationMail } from "./invitation-mail.ts";

const organization = "0d4c2a52-9f0e-4a6c-8a53-5a0a8f4b8a01";
const role = "0d4c2a52-9f0e-4a6c-8a53-5a0a8f4b8a02";
const invitation = "0d4c2a52-9f0e-4a6c-8a53-5a0a8f4b8a03";

const issued = { id: invitation, token: "a+b/c", expires_at: "2026-11-28T10:00:00+00:00" };
const described: Invitation = {
  address: "new@northwind.test",
  organizationName: "Northwind",
  roleName: "Sales rep",
  inviterName: "Anna Lindqvist",
  expiresAt: issued.expires_at,
};
const ok = <T>(data: T): Answer<T> => ({ data, error: null, status: 200 });
const refused = (status: number, code: string, message: string, details?: string): Answer<never> => ({
  data: null,
  error: { code, message, ...(details !== undefined && { details }) },
  status,
});

function setUp(changes: Partial<InviteDependencies> = {}) {
  const sent: Mail[] = [];
  const issue = vi.fn<InviteDependencies["issue"]>(async () => ok(issued));
  const handler = createInviteHandler({
    issue,
    readInvitation: async () => ok(described),
    sendMail: async (mail) => sent.push(mail) > 0,
    siteUrl: "https://app.test/",
    ...changes,
  });
  return { handler, sent, issue };
}

function ask(body: unknown = { organization, address: "new@northwind.test", role }, init: RequestInit = {}): Request {
  return new Request("http://localhost/invite-member", {
    method: "POST",
    headers: { authorization: "Bearer header.payload.signature", origin: "https://evil.test", host: "evil.test" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
  });
}

describe("invite-member", () => {
  it("asks the database as the caller, and sends the link to the address", async () => {
    const { handler, sent, issue } = setUp();
    const response = await handler(ask());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      invitationId: invitation,
      link: "https://app.test/invitation?token=a%2Bb%2Fc",
      expiresAt: issued.expires_at,
      mailed: true,
    });
    expect(issue).toHaveBeenCalledWith(
      { token: "header.payload.signature" },
      { organization, address: "new@northwind.test", role },
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: "new@northwind.test", subject: "Anna Lindqvist invites you to Northwind" });
    expect(sent[0]?.text).toContain("https://app.test/invitation?token=a%2Bb%2Fc");
  });

  it("sends one again, and takes nothing else from the body", async () => {
    const { handler, issue } = setUp();
    await handler(
      ask({ organization, invitation, token: "chosen", expires_at: "2099-01-01", address: "x@y.test", role }),
    );
    expect(issue).toHaveBeenCalledWith(expect.anything(), { organization, invitation });
  });

  it.each([
    ["does not go out", { sendMail: async () => false }],
    ["cannot be written", { readInvitation: async () => refused(500, "57014", "canceling statement") }],
  ])("keeps the invitation and gives the link when the mail %s", async (_how, changes) => {
    const response = await setUp(changes).handler(ask());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ mailed: false, link: expect.stringContaining("token=") });
  });

  it.each([
    [400, "PW001", 400],
    [403, "42501", 403],
    [403, "PW009", 403],
    [400, "PW030", 429],
  ])("passes on what the database refuses (%i %s)", async (status, code, expected) => {
    const issue = async () => refused(status, code, "A sentence.", "[]");
    const { handler, sent } = setUp({ issue });
    const response = await handler(ask());
    expect(response.status).toBe(expected);
    expect(await response.json()).toEqual({ code, message: "A sentence.", details: "[]" });
    expect(sent).toEqual([]);
  });

  it.each([
    [500, "XX000", 503, "unavailable"],
    [0, "", 503, "unavailable"],
    [404, "PGRST202", 500, "internal_error"],
    [401, "PGRST303", 401, "not_signed_in"],
  ])("keeps the inside to itself (%i %s)", async (status, code, expected, told) => {
    const response = await setUp({ issue: async () => refused(status, code, "relation private.x") }).handler(ask());
    expect(response.status).toBe(expected);
    const text = await response.text();
    expect(JSON.parse(text).code).toBe(told);
    expect(text).not.toContain("private.x");
  });

  it.each([
    ["no JSON", "{"],
    ["a list", []],
    ["nothing", ""],
    ["no organization", { address: "a@b.test", role }],
    ["an organization that is no id", { organization: "1 or 1=1", address: "a@b.test", role }],
    ["no address", { organization, role }],
    ["an address of another type", { organization, address: { a: 1 }, role }],
    ["an endless address", { organization, address: "a".repeat(400), role }],
    ["NUL in the address", { organization, address: "a\u0000@b.test", role }],
    ["half a character in the address", { organization, address: "a\ud800@b.test", role }],
    ["no role", { organization, address: "a@b.test" }],
    ["an invitation that is no id", { organization, invitation: 7 }],
  ])("refuses %s before it asks anybody", async (_what, body) => {
    const { handler, issue } = setUp();
    const response = await handler(ask(body));
    expect(response.status).toBe(400);
    expect((await response.json()).code).toBe("invalid_request");
    expect(issue).not.toHaveBeenCalled();
  });

  it("refuses more than it could need", async () => {
    expect((await setUp().handler(ask({ organization, address: "x".repeat(20_000), role }))).status).toBe(413);
  });

  it.each([
    ["no token", {}],
    ["a project key", { authorization: "Bearer sb_publishable_abc" }],
  ])("asks to sign in when there is %s", async (_what, headers) => {
    const response = await setUp().handler(ask(undefined, { headers }));
    expect(response.status).toBe(401);
  });

  it("writes nothing while it does not know where the app is", async () => {
    const { handler, issue } = setUp({ siteUrl: undefined });
    expect((await handler(ask())).status).toBe(503);
    expect(issue).not.toHaveBeenCalled();
  });

  it("takes POST alone", async () => {
    const { handler } = setUp();
    const get = await handler(new Request("http://localhost/invite-member"));
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    expect((await handler(new Request("http://localhost/x", { method: "OPTIONS" }))).status).toBe(204);
  });

  it("carries the version of the product", () => {
    const versionIn = (path: string): string =>
      JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")).version;
    expect(versionIn("./deno.json")).toBe(versionIn("../../../package.json"));
  });
});

describe("the mail", () => {
  it("says who invites, to what, as what and until when", () => {
    const { text, html } = invitationMail(described, "https://app.test/invitation?token=x");
    for (const words of ["Anna Lindqvist invites you to work in Northwind, as Sales rep.", "28 November 2026"]) {
      expect(text).toContain(words);
      expect(html).toContain(words);
    }
  });

  it("shows what people call themselves as text, on one line", () => {
    const { subject, html } = invitationMail(
      {
        ...described,
        inviterName: `<img src=x onerror="alert(1)">\r\nBcc: all@evil.test`,
        organizationName: "A & <b>B</b>",
      },
      `https://app.test/invitation?token=x"><script>`,
    );
    expect(subject).toBe(`<img src=x onerror="alert(1)"> Bcc: all@evil.test invites you to A & <b>B</b>`);
    expect(html).not.toMatch(/<img|<b>|<script/);
    expect(html).toContain("A &amp; &lt;b&gt;B&lt;/b&gt;");
  });
});
