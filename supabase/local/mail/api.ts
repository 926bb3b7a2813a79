// The HTTP API of the mail catcher that the official CLI ships (Mailpit), as far as tests use it.
import { htmlToText } from "./html.ts";
import { type KeptMail, type Mails, parseAddress } from "./mailbox.ts";

const problem = (status: number, message: string) => Response.json({ Error: message }, { status });

function summary(mail: KeptMail) {
  return {
    ID: mail.id,
    MessageID: `${mail.id}@localhost`,
    Read: false,
    From: parseAddress(mail.from),
    To: mail.to.map(parseAddress),
    Cc: [],
    Bcc: [],
    ReplyTo: [],
    Subject: mail.subject,
    Created: mail.received.toISOString(),
    Tags: [],
    Size: Buffer.byteLength(mail.html) + Buffer.byteLength(mail.text),
    Attachments: 0,
    Snippet: mail.text.replace(/\s+/g, " ").slice(0, 250),
  };
}

function full(mail: KeptMail) {
  const { Created, Snippet: _snippet, Attachments: _attachments, ...rest } = summary(mail);
  return {
    ...rest,
    ReturnPath: rest.From.Address,
    Date: Created,
    Text: mail.text,
    HTML: mail.html,
    Inline: [],
    Attachments: [],
  };
}

function list(url: URL, all: number, found: KeptMail[]): Response {
  const number = (name: string, otherwise: number) => {
    const value = Number(url.searchParams.get(name) ?? otherwise);
    return Number.isSafeInteger(value) && value >= 0 ? value : otherwise;
  };
  const start = number("start", 0);
  const messages = found.slice(start, start + number("limit", 50)).map(summary);
  return Response.json({
    total: all,
    unread: all,
    count: messages.length,
    messages_count: found.length,
    messages_unread: found.length,
    start,
    tags: [],
    messages,
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

async function readJson(request: Request): Promise<Record<string, unknown> | null> {
  try {
    const value: unknown = JSON.parse((await request.text()) || "{}");
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function addressOf(value: unknown): string {
  if (!isRecord(value)) return "";
  const [email, name] = [textOf(value.Email), textOf(value.Name)];
  return email && name ? `${name} <${email}>` : email;
}

async function send(mails: Mails, request: Request): Promise<Response> {
  const body = await readJson(request);
  if (!body) return problem(400, "The request body must be a JSON object.");
  const from = addressOf(body.From);
  const to = Array.isArray(body.To) ? body.To.map(addressOf).filter(Boolean) : [];
  if (!from || to.length === 0) return problem(400, "A mail needs From.Email and at least one To[].Email.");
  const html = textOf(body.HTML);
  const kept = mails.add({
    from,
    to,
    subject: textOf(body.Subject),
    html,
    text: textOf(body.Text) || htmlToText(html),
  });
  return Response.json({ ID: kept.id });
}

/** As Resend takes mails, which functions send to: POST /emails with a bearer key. */
export async function handleEmails(mails: Mails, request: Request): Promise<Response> {
  const refuse = (statusCode: number, name: string, message: string) =>
    Response.json({ statusCode, name, message }, { status: statusCode });
  if (request.method !== "POST") return refuse(405, "method_not_allowed", "Send mails with POST.");
  if (!/^Bearer \S/.test(request.headers.get("authorization") ?? ""))
    return refuse(401, "missing_api_key", "Missing API key in the authorization header.");
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    return refuse(415, "invalid_content_type", "Send JSON, with content-type application/json.");
  const body = (await readJson(request)) ?? {};
  const to = (Array.isArray(body.to) ? body.to : [body.to]).map(textOf).filter(Boolean);
  const [from, subject, html] = [textOf(body.from), textOf(body.subject), textOf(body.html)];
  const text = textOf(body.text) || htmlToText(html);
  if (!from || !subject || to.length === 0 || !text)
    return refuse(422, "missing_required_field", "A mail needs from, to, subject, and text or html.");
  return Response.json({ id: mails.add({ from, to, subject, html, text }).id });
}

async function remove(mails: Mails, request: Request): Promise<Response> {
  const body = await readJson(request);
  if (!body) return problem(400, "The request body must be a JSON object.");
  mails.remove(Array.isArray(body.IDs) ? body.IDs.map(textOf) : []);
  return new Response("ok", { headers: { "content-type": "text/plain" } });
}

export async function handleApi(mails: Mails, request: Request, url: URL, path: string): Promise<Response> {
  const reads = request.method === "GET" || request.method === "HEAD";
  // A page of another origin may send plain forms here, but never this type without asking first, and it is never allowed.
  if (!reads && !request.headers.get("content-type")?.startsWith("application/json") && request.body)
    return problem(415, "Send JSON, with content-type application/json.");
  if (path === "/messages" && reads) return list(url, mails.all().length, mails.all());
  if (path === "/messages" && request.method === "DELETE") return remove(mails, request);
  if (path === "/search" && reads)
    return list(url, mails.all().length, mails.search(url.searchParams.get("query") ?? ""));
  if (path === "/send" && request.method === "POST") return send(mails, request);
  const id = /^\/message\/([\w-]+)$/.exec(path)?.[1];
  const mail = id && reads ? mails.find(id) : undefined;
  return mail ? Response.json(full(mail)) : problem(404, "There is no such message.");
}
