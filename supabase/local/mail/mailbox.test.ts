import { describe, expect, it } from "vitest";
import { createMailbox } from "./index.ts";

const mail = (to: string, subject = "Hello") => ({
  from: "Auth <no-reply@localhost>",
  to: [to],
  subject,
  html: `<p>Go <a href="https://app.test">there</a></p><script>alert(1)</script>`,
  text: "Go there: https://app.test",
});

function reader() {
  const mailbox = createMailbox();
  const call = (path: string, init?: RequestInit, host = "127.0.0.1:54321") =>
    mailbox.handle(new Request(`http://${host}/mail${path}`, init));
  const read = async (path: string) => (await call(`/api/v1${path}`)).json();
  return { mailbox, call, read };
}

describe("the mail API", () => {
  it("lists, finds and shows what was sent, newest first", async () => {
    const { mailbox, call, read } = reader();
    await mailbox.send(mail("ada@auth.test", "First"));
    await mailbox.send(mail("grace@auth.test", "Second one"));
    const list = await read("/messages");
    expect(list).toMatchObject({ total: 2, count: 2, start: 0 });
    expect(list.messages.map(({ Subject }: { Subject: string }) => Subject)).toEqual(["Second one", "First"]);
    expect((await read("/messages?limit=1&start=1")).messages).toHaveLength(1);
    const search = async (query: string) => (await read(`/search?query=${encodeURIComponent(query)}`)).messages_count;
    expect(await search("to:ada@auth.test")).toBe(1);
    expect(await search('subject:"second one" from:no-reply')).toBe(1);
    expect(await search("to:ada@auth.test subject:second")).toBe(0);
    expect(await search("there")).toBe(2);
    expect(await read("/message/latest")).toMatchObject({
      Subject: "Second one",
      From: { Name: "Auth", Address: "no-reply@localhost" },
      To: [{ Name: "", Address: "grace@auth.test" }],
      Text: "Go there: https://app.test",
    });
    expect((await read(`/message/${list.messages[1].ID}`)).Subject).toBe("First");
    expect((await call("/api/v1/message/unknown")).status).toBe(404);
  });

  it("takes mails over HTTP and deletes one or all", async () => {
    const { call, read } = reader();
    const send = (body: string, type = "application/json") =>
      call("/api/v1/send", { method: "POST", body, headers: { "content-type": type } });
    const valid = JSON.stringify({
      From: { Email: "a@auth.test", Name: "Ada" },
      To: [{ Email: "b@auth.test" }],
      Subject: "Hi",
      HTML: "<p>Hi &amp; bye</p>",
    });
    const { ID } = await (await send(valid)).json();
    await send(valid);
    expect(await read(`/message/${ID}`)).toMatchObject({ From: { Name: "Ada" }, Text: "Hi & bye" });
    expect((await send("{}")).status).toBe(400);
    expect((await send("[")).status).toBe(400);
    // What a form of another site could send without asking.
    expect((await send(valid, "text/plain")).status).toBe(415);
    const remove = (body?: object) =>
      call("/api/v1/messages", {
        method: "DELETE",
        ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
    await remove({ IDs: [ID] });
    expect((await read("/messages")).total).toBe(1);
    await remove();
    expect((await read("/messages")).total).toBe(0);
  });

  it("takes mails as the service in production does", async () => {
    const { call, read } = reader();
    const valid = { from: "Ada <a@auth.test>", to: ["b@auth.test"], subject: "Hi", html: "<p>Hi &amp; bye</p>" };
    const send = (body: object, headers: Record<string, string> = { authorization: "Bearer key" }) =>
      call("/emails", {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", ...headers },
      });
    const { id } = await (await send(valid)).json();
    expect(await read(`/message/${id}`)).toMatchObject({ From: { Name: "Ada" }, Subject: "Hi", Text: "Hi & bye" });
    expect((await send(valid, {})).status).toBe(401);
    expect((await send({ ...valid, to: [] })).status).toBe(422);
    expect((await send(valid, { authorization: "Bearer key", "content-type": "text/plain" })).status).toBe(415);
    expect((await call("/emails")).status).toBe(405);
    expect((await read("/messages")).total).toBe(1);
  });

  it("keeps the last 500", async () => {
    const { mailbox, read } = reader();
    for (let index = 0; index <= 500; index += 1) await mailbox.send(mail("ada@auth.test", String(index)));
    expect((await read("/messages?limit=1000")).messages.at(-1).Subject).toBe("1");
  });
});

describe("the mail page", () => {
  it("says what it is for while it is empty", async () => {
    expect(await (await reader().call("")).text()).toContain("No mail yet.");
  });

  it("shows other people's words as text and their HTML only inside a sandbox", async () => {
    const { mailbox, call, read } = reader();
    await mailbox.send(mail("ada@auth.test", `<img src=x onerror="alert(1)">`));
    const { ID } = await read("/message/latest");
    const page = await call(`/view/${ID}`);
    const html = await page.text();
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<script>alert");
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'.*script-src 'self'/);
    expect(page.headers.get("content-security-policy")).not.toContain("unsafe");
    const framed = await call(`/html/${ID}`);
    expect(framed.headers.get("content-security-policy")).toMatch(/^sandbox allow-popups/);
    expect(framed.headers.get("content-security-policy")).not.toMatch(/allow-scripts|allow-same-origin/);
    expect((await call("/view/gone")).status).toBe(404);
  });

  it("answers only under the names of this machine, and no other site's script", async () => {
    const { call } = reader();
    for (const host of ["localhost:1", "127.0.0.1", "[::1]:1", "mail.localhost"])
      expect((await call("/api/v1/messages", {}, host)).status).toBe(200);
    for (const host of ["evil.test", "127.0.0.1.evil.test", "10.0.0.1", "localhost.evil.test"])
      expect((await call("/api/v1/messages", {}, host)).status).toBe(403);
    const answer = await call("/api/v1/messages", { headers: { origin: "https://evil.test" } });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});
