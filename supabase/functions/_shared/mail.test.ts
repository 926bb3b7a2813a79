import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSendMail, mailSettings } from "./mail.ts";

const mail = { to: "a@b.test", subject: "Hi", text: "Hi", html: "<p>Hi</p>" };
const settings = { url: "https://mail.test", key: "secret-key", from: "Us <us@app.test>" };

let logged: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  logged = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => void vi.restoreAllMocks());

describe("sending a mail", () => {
  it("speaks the service's protocol and follows no redirect with the key", async () => {
    const ask = vi.fn<typeof fetch>(async () => Response.json({ id: "1" }));
    expect(await createSendMail(settings, 1_000, ask)(mail)).toBe(true);
    const [url, init] = ask.mock.calls[0] ?? [];
    expect(url).toBe("https://mail.test/emails");
    expect(init).toMatchObject({ method: "POST", redirect: "error", headers: { authorization: "Bearer secret-key" } });
    expect(JSON.parse(String(init?.body))).toEqual({ ...mail, to: ["a@b.test"], from: "Us <us@app.test>" });
  });

  it.each([
    ["refuses", async () => new Response("secret-key is wrong", { status: 401 })],
    ["cannot be reached", async () => Promise.reject(new TypeError("connect https://mail.test secret-key"))],
  ])("says that it was not sent when the service %s, and logs no secret", async (_how, ask) => {
    expect(await createSendMail(settings, 1_000, ask)(mail)).toBe(false);
    expect(JSON.stringify(logged.mock.calls)).not.toContain("secret-key");
  });

  it("gives up on a service that does not answer", async () => {
    const ask = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    expect(await createSendMail(settings, 10, ask)(mail)).toBe(false);
  });

  it("asks nobody without a key", async () => {
    const ask = vi.fn<typeof fetch>();
    expect(await createSendMail({ ...settings, key: undefined }, 1_000, ask)(mail)).toBe(false);
    expect(ask).not.toHaveBeenCalled();
  });

  it("goes to the service in production unless told otherwise", () => {
    expect(mailSettings(new Map())).toMatchObject({ url: "https://api.resend.com" });
    expect(mailSettings(new Map([["MAIL_API_URL", "http://127.0.0.1:1/mail/"]])).url).toBe("http://127.0.0.1:1/mail");
  });
});
