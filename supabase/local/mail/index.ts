// Stands in for: a mail server. Keeps what the product sends, shows it at /mail, and lets tests read it over HTTP.
import { handleApi, handleEmails } from "./api.ts";
import { type Mail, Mails } from "./mailbox.ts";
import { mailDocument, mailPage, pageScript, pageStyle } from "./page.ts";

export type { Mail } from "./mailbox.ts";

export interface Mailbox {
  send(mail: Mail): Promise<void>;
  /** For requests below /mail; needs no project key. */
  handle(request: Request): Promise<Response>;
}

const API = "/mail/api/v1";

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// Somebody else's HTML: no scripts, no forms, and an origin of its own even when it is opened outside the frame.
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: http: https:; style-src 'unsafe-inline'; frame-ancestors 'self'";

function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function answer(body: string, type: string, policy = PAGE_POLICY, status = 200): Response {
  return new Response(body, {
    status,
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  });
}

export function createMailbox(): Mailbox {
  const mails = new Mails();

  async function route(request: Request, url: URL): Promise<Response> {
    const path = url.pathname.replace(/\/$/, "");
    if (path.startsWith(`${API}/`)) return handleApi(mails, request, url, path.slice(API.length));
    if (path === "/mail/emails") return handleEmails(mails, request);
    if (request.method !== "GET" && request.method !== "HEAD")
      return answer("This address only shows mails.", "text/plain", PAGE_POLICY, 405);
    if (path === "/mail") return answer(mailPage(mails.all(), undefined), "text/html");
    if (path === "/mail/style.css") return answer(pageStyle, "text/css");
    if (path === "/mail/page.js") return answer(pageScript, "text/javascript");
    const [, place, id = ""] = /^\/mail\/(view|html)\/([\w-]+)$/.exec(path) ?? [];
    const mail = place && mails.find(id);
    if (!mail) return answer("There is no such mail any more. The list is at /mail.", "text/plain", PAGE_POLICY, 404);
    return place === "html"
      ? answer(mailDocument(mail), "text/html", MAIL_POLICY)
      : answer(mailPage(mails.all(), mail), "text/html");
  }

  return {
    async send(mail) {
      mails.add(mail);
    },
    async handle(request) {
      const url = new URL(request.url);
      // A page elsewhere could make its own name point to this machine and read along: names other than ours get nothing.
      if (!isLoopback(url)) return answer("Mail is shown at localhost only.", "text/plain", PAGE_POLICY, 403);
      const response = await route(request, url);
      response.headers.set("cache-control", "no-store");
      return response;
    },
  };
}
