// Stands in for: a write-once store outside the database, where the heads of the audit log's chains are anchored. A file that is
// only ever added to, behind HTTP on this machine. It protects against whoever has the database, not against whoever has the disk:
// a real project names a store of its own in ANCHOR_URL.
import { createHmac, timingSafeEqual } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Anchor {
  organization_id: string;
  sequence: number;
  hash: string;
}

const MAX_AGE_SECONDS = 300;

export const anchorFile = (dataDir: string): string => join(dataDir, "audit-anchors.jsonl");

export function anchorKeyOf(secretKey: string): string {
  return createHmac("sha256", secretKey).update("audit anchors").digest("hex");
}

export function readAnchors(file: string): Anchor[] {
  if (!existsSync(file)) return [];
  return parseAnchors(readFileSync(file, "utf8"));
}

/** One JSON object a line. A last line that was cut off by a crash counts as never written. */
export function parseAnchors(text: string): Anchor[] {
  return text.split("\n").flatMap((line): Anchor[] => {
    try {
      const anchor: unknown = JSON.parse(line);
      return isAnchor(anchor) ? [anchor] : [];
    } catch {
      return [];
    }
  });
}

export function createAnchorStore(file: string, key: string): { handle(request: Request): Promise<Response> } {
  const known = new Map(readAnchors(file).map((anchor) => [nameOf(anchor), anchor.hash]));

  async function take(request: Request): Promise<Response> {
    const body = await request.text();
    if (!isSigned(request.headers, body, key)) return answer(401, "The signature does not fit.");
    const heads = headsOf(body);
    if (!heads) return answer(400, "Expected {heads: [{organization_id, sequence, hash}]}.");
    const contradicting = heads.find((head) => (known.get(nameOf(head)) ?? head.hash) !== head.hash);
    if (contradicting) return answer(409, `Another hash is kept for ${nameOf(contradicting)} already.`);
    const added = heads.filter((head) => !known.has(nameOf(head)));
    const anchoredAt = new Date().toISOString();
    const lines = added.map(({ organization_id, sequence, hash }) =>
      JSON.stringify({ organization_id, sequence, hash, anchored_at: anchoredAt }),
    );
    // Written through to the disk before it is confirmed; after a cut-off line a new one is begun.
    if (lines.length > 0) appendFileSync(file, `\n${lines.join("\n")}\n`, { mode: 0o600, flush: true });
    for (const head of added) known.set(nameOf(head), head.hash);
    return Response.json({ kept: heads.length, at: anchoredAt });
  }

  return {
    async handle(request) {
      if (request.method === "POST") return take(request);
      if (request.method !== "GET")
        return answer(405, "Heads are added with POST and read with GET; nothing is changed.");
      return new Response(existsSync(file) ? readFileSync(file, "utf8") : "", {
        headers: { "content-type": "application/jsonl" },
      });
    },
  };
}

function isSigned(headers: Headers, body: string, key: string): boolean {
  const timestamp = headers.get("x-anchor-timestamp") ?? "";
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= MAX_AGE_SECONDS)) return false;
  const expected = createHmac("sha256", key).update(`${timestamp}.${body}`).digest();
  const sent = Buffer.from(headers.get("x-anchor-signature") ?? "", "hex");
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}

function headsOf(body: string): Anchor[] | null {
  try {
    const given: unknown = JSON.parse(body);
    if (typeof given !== "object" || given === null || !("heads" in given) || !Array.isArray(given.heads)) return null;
    return given.heads.every(isAnchor) ? given.heads : null;
  } catch {
    return null;
  }
}

function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== "object" || value === null) return false;
  const { organization_id, sequence, hash } = value as Record<string, unknown>;
  return (
    typeof organization_id === "string" &&
    /^[0-9a-f-]{36}$/.test(organization_id) &&
    typeof sequence === "number" &&
    Number.isSafeInteger(sequence) &&
    typeof hash === "string" &&
    /^[0-9a-f]{64}$/.test(hash)
  );
}

function nameOf(anchor: Anchor): string {
  return `${anchor.organization_id} ${anchor.sequence}`;
}

function answer(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
