// The wire: both versions of the protocol that @supabase/realtime-js speaks. 1.0.0 is an object in JSON; 2.0.0 an array in JSON,
// and a binary frame for what people broadcast. What cannot be read is null, never an exception.
export type Version = "1.0.0" | "2.0.0";

/** What a client sent. */
export interface Push {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: Record<string, unknown>;
}

/** What goes to the members of a topic. `json` is the payload's text, spliced in as it is: it was parsed or made by Postgres. */
export interface Broadcast {
  topic: string;
  event: string;
  content: { json: string } | { bytes: Buffer };
  meta: { id: string; replayed?: true } | null;
}

/** One frame as it is sent; encoded once for all sockets that speak the same version. */
export interface Frame {
  data: Buffer;
  binary: boolean;
}

const USER_BROADCAST_PUSH = 3;
const USER_BROADCAST = 4;
const JSON_ENCODING = 1;
const PUSH_HEADER = 7;
const TOPIC_PREFIX = "realtime:";
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

export const wireTopic = (topic: string): string => TOPIC_PREFIX + topic;

/** The part of a topic that policies see; null when it is not a channel's. */
export function topicOf(wire: string): string | null {
  return wire.startsWith(TOPIC_PREFIX) ? wire.slice(TOPIC_PREFIX.length) : null;
}

export function decode(version: Version, data: Buffer, binary: boolean): Push | null {
  try {
    if (binary) return version === "2.0.0" ? decodeBroadcastPush(data) : null;
    const message: unknown = JSON.parse(data.toString());
    if (version === "1.0.0") return isRecord(message) ? toPush(message) : null;
    if (!Array.isArray(message)) return null;
    const [join_ref, ref, topic, event, payload] = message;
    return toPush({ join_ref, ref, topic, event, payload });
  } catch {
    return null;
  }
}

function toPush(message: Record<string, unknown>): Push | null {
  const { topic, event } = message;
  if (typeof topic !== "string" || typeof event !== "string") return null;
  const payload = isRecord(message.payload) ? message.payload : {};
  return { joinRef: textOf(message.join_ref), ref: textOf(message.ref), topic, event, payload };
}

function decodeBroadcastPush(data: Buffer): Push | null {
  if (data.length < PUSH_HEADER || data[0] !== USER_BROADCAST_PUSH) return null;
  const isJson = data[6] === JSON_ENCODING;
  let at = PUSH_HEADER;
  const fields = [1, 2, 3, 4, 5].map((index) => {
    const length = data[index] ?? 0;
    at += length;
    return strictUtf8.decode(data.subarray(at - length, at));
  });
  if (at > data.length) return null;
  const [joinRef = "", ref = "", topic = "", event = ""] = fields;
  const body = data.subarray(at);
  const payload = isJson ? JSON.parse(strictUtf8.decode(body)) : Buffer.from(body);
  return { joinRef: joinRef || null, ref: ref || null, topic, event: "broadcast", payload: { event, payload } };
}

export function encodeReply(version: Version, to: Push, status: "ok" | "error", response: unknown): Frame {
  return encodeEvent(version, { ...to, event: "phx_reply" }, { status, response });
}

export function encodeEvent(
  version: Version,
  head: { joinRef?: string | null; ref?: string | null; topic: string; event: string },
  payload: unknown,
): Frame {
  const { joinRef = null, ref = null, topic, event } = head;
  return text(
    version === "1.0.0"
      ? JSON.stringify({ topic, event, payload, ref, join_ref: joinRef })
      : JSON.stringify([joinRef, ref, topic, event, payload]),
  );
}

/** Null when this version has no way to say it, as on the platform: bytes exist in 2.0.0 only. */
export function encodeBroadcast(version: Version, { topic, event, content, meta }: Broadcast): Frame | null {
  if ("bytes" in content) return version === "2.0.0" ? encodeBytes(topic, event, content.bytes, meta) : null;
  const wire = JSON.stringify(wireTopic(topic));
  const end = meta ? `,"meta":${JSON.stringify(meta)}}` : "}";
  const payload = `{"event":${JSON.stringify(event)},"type":"broadcast","payload":${content.json}${end}`;
  return text(
    version === "1.0.0"
      ? `{"topic":${wire},"event":"broadcast","payload":${payload},"ref":null}`
      : `[null,null,${wire},"broadcast",${payload}]`,
  );
}

function encodeBytes(topic: string, event: string, bytes: Buffer, meta: Broadcast["meta"]): Frame | null {
  const fields = [wireTopic(topic), event, meta ? JSON.stringify(meta) : ""].map((field) => Buffer.from(field));
  if (fields.some((field) => field.length > 255)) return null;
  const header = Buffer.from([USER_BROADCAST, ...fields.map((field) => field.length), 0]);
  return { data: Buffer.concat([header, ...fields, bytes]), binary: true };
}

function text(content: string): Frame {
  return { data: Buffer.from(content), binary: false };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
