// Broadcasts over HTTP: several in one request, or one whose topic and event are in the address.
import type { Authorizer } from "./authorize.ts";
import { type Broadcast, isRecord } from "./frames.ts";
import type { Hub } from "./hub.ts";
import { type Identity, identityOfKey, isProjectKey, Refusal } from "./identity.ts";
import { createCounter, limits } from "./limits.ts";
import type { Asked } from "./messages.ts";

export interface HttpAnswer {
  status: number;
  body: unknown;
}

interface HttpBroadcastOptions {
  authorizer: Authorizer;
  hub: Hub;
  identify(token: string): Promise<Identity>;
}

interface Message {
  topic: string;
  event: string;
  content: Broadcast["content"];
  private: boolean;
}

const accepted: HttpAnswer = { status: 202, body: null };
const tooLarge = "Payload size exceeds tenant limit";

export function createHttpBroadcast({ authorizer, hub, identify }: HttpBroadcastOptions) {
  const count = createCounter(limits.broadcasts);

  return async (asked: Asked): Promise<HttpAnswer> => {
    if (asked.method !== "POST") return { status: 404, body: { message: "Not found" } };
    try {
      const identity =
        asked.bearer && !isProjectKey(asked.bearer) ? await identify(asked.bearer) : identityOfKey(asked.key);
      const single = /^\/api\/broadcast\/([^/]+)\/events\/([^/]+)$/.exec(asked.path);
      if (single) return await broadcastOne(identity, asked, single[1] ?? "", single[2] ?? "");
      if (asked.path === "/api/broadcast") return await broadcastAll(identity, asked);
      return { status: 404, body: { message: "Not found" } };
    } catch (error) {
      if (error instanceof Refusal) return { status: 401, body: { message: error.message } };
      throw error;
    }
  };

  async function broadcastOne(identity: Identity, asked: Asked, topic: string, event: string): Promise<HttpAnswer> {
    const body = Buffer.from(asked.body, "base64");
    const content = asked.contentType.startsWith("application/octet-stream") ? { bytes: body } : asJson(body);
    if (!content) return invalid({ payload: ["can't be blank"] });
    if (body.length > limits.payloadBytes) return invalid({ payload: [tooLarge] });
    if (!count()) return tooMany("You have exceeded your rate limit");
    const isPrivate = new URLSearchParams(asked.query).get("private") === "true";
    const message = { topic: decodeURIComponent(topic), event: decodeURIComponent(event), content, private: isPrivate };
    // Nobody can be in a public channel here.
    if (!isPrivate) return accepted;
    if (!(await maySend(identity, message.topic, asked.ip))) return { status: 403, body: { message: "Unauthorized" } };
    hub.broadcast({ ...message, meta: null });
    return accepted;
  }

  /** As on the platform, what the sender may not send goes nowhere, and the answer does not say so. */
  async function broadcastAll(identity: Identity, asked: Asked): Promise<HttpAnswer> {
    const messages = readMessages(Buffer.from(asked.body, "base64"));
    if (!Array.isArray(messages)) return messages;
    const rights = new Map<string, boolean>();
    for (const message of messages) {
      if (!count()) return tooMany("Too many messages to broadcast, please reduce the batch size");
      if (!message.private) continue;
      const { topic } = message;
      const allowed = rights.get(topic) ?? (await maySend(identity, topic, asked.ip));
      rights.set(topic, allowed);
      if (allowed) hub.broadcast({ ...message, meta: null });
    }
    return accepted;
  }

  async function maySend(identity: Identity, topic: string, ip: string): Promise<boolean> {
    return authorizer.maySend(identity, topic, ip, "broadcast");
  }
}

function readMessages(body: Buffer): Message[] | HttpAnswer {
  const parsed = parse(body);
  const messages = isRecord(parsed) ? parsed.messages : undefined;
  if (!Array.isArray(messages) || messages.length === 0) return invalid({ messages: ["can't be blank"] });
  const errors = messages.map((message: unknown) => {
    const { topic, event, payload } = isRecord(message) ? message : {};
    return {
      ...(typeof topic !== "string" && { topic: ["can't be blank"] }),
      ...(typeof event !== "string" && { event: ["can't be blank"] }),
      ...(!isRecord(payload) && { payload: ["can't be blank"] }),
      ...(JSON.stringify(payload ?? null).length > limits.payloadBytes && { payload: [tooLarge] }),
    };
  });
  if (errors.some((error) => Object.keys(error).length > 0)) return invalid({ messages: errors });
  return messages.map((message: Record<string, unknown>) => ({
    topic: String(message.topic),
    event: String(message.event),
    content: { json: JSON.stringify(message.payload) },
    private: message.private === true,
  }));
}

function asJson(body: Buffer): { json: string } | null {
  const parsed = parse(body);
  return parsed === undefined ? null : { json: JSON.stringify(parsed) };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function invalid(errors: unknown): HttpAnswer {
  return { status: 422, body: { errors } };
}

function tooMany(message: string): HttpAnswer {
  return { status: 429, body: { message } };
}
